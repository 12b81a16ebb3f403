package io.freshet.live.rabbit;

import com.rabbitmq.client.AlreadyClosedException;
import io.freshet.live.Backlog;
import io.freshet.live.Wire;
import io.freshet.platform.Loop;
import io.freshet.platform.rabbit.RabbitAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire on RabbitMQ: one queue a node and no binding for any channel, see {@link RabbitLine}.
 * One thread publishes, so that nobody else waits for RabbitMQ.
 */
public final class RabbitWire implements Wire {
  private static final Logger LOG = LoggerFactory.getLogger(RabbitWire.class);
  private static final Duration REST = Duration.ofMillis(250);

  /** A line that is lost within this time was never much good. */
  private static final Duration SHORT_LIFE = Duration.ofSeconds(10);

  /** Between tries to connect: RabbitMQ's log and ours shall not fill a disk. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private record Letter(String exchange, String key, byte[] message) {}

  private final RabbitAddress address;
  private final Backlog<Letter> letters =
      new Backlog<>(BACKLOG_BYTES, letter -> letter.message().length);
  private final LongAdder dropped = new LongAdder();
  private volatile Optional<RabbitLine> line = Optional.empty();
  private volatile Optional<Loop> keeper = Optional.empty();
  private volatile Optional<Loop> sender = Optional.empty();
  private Duration pause = Duration.ZERO;
  private long triedNanos;
  private String trouble = "";

  public RabbitWire(RabbitAddress address) {
    this.address = address;
  }

  @Override
  public void open(String node, Listener listener) {
    User user = new User(listener);
    triedNanos = System.nanoTime();
    keeper = Optional.of(Loop.start("live-rabbitmq", REST, () -> keep(node, user)));
    sender = Optional.of(Loop.start("live-sender", REST, this::sendNext));
  }

  @Override
  public boolean isOpen() {
    return line.filter(RabbitLine::isOpen).isPresent();
  }

  @Override
  public void send(String node, byte[] message) {
    post(new Letter(RabbitLine.EXCHANGE, node, message));
  }

  @Override
  public void broadcast(byte[] message) {
    post(new Letter(RabbitLine.ALL, "", message));
  }

  private void post(Letter letter) {
    if (!isOpen() || !letters.offer(letter)) {
      dropped.increment();
    }
  }

  @Override
  public void renew() {
    line.ifPresent(current -> current.lose("nothing comes by it"));
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }

  @Override
  public void close() {
    keeper.ifPresent(Loop::close);
    line.ifPresent(current -> current.lose("Freshet stops"));
    sender.ifPresent(Loop::close);
  }

  private boolean sendNext() throws InterruptedException {
    Optional<Letter> next = letters.take(REST);
    if (next.isPresent()) {
      Letter letter = next.get();
      try {
        line.orElseThrow().publish(letter.exchange(), letter.key(), letter.message());
      } catch (IOException | AlreadyClosedException e) {
        dropped.increment();
        LOG.debug("a message was dropped", e);
      }
    }
    return true;
  }

  /** Connects if need be: at once when a line is lost that lived long, else ever more rarely. */
  private boolean keep(String node, User user) {
    if (line.isPresent() && line.get().lost().isEmpty()) {
      return false;
    }
    long now = System.nanoTime();
    if (line.isPresent()) {
      LOG.warn("live messages do not pass through RabbitMQ: {}", line.get().lost().orElse(""));
      line = Optional.empty();
      pause = now - triedNanos < SHORT_LIFE.toNanos() ? longer() : Duration.ZERO;
    }
    if (now - triedNanos >= pause.toNanos()) {
      triedNanos = now;
      connect(node, user);
    }
    return false;
  }

  private void connect(String node, User user) {
    try {
      line = Optional.of(RabbitLine.open(address, node, user));
      user.listener.opened();
      trouble = "";
      LOG.info("live messages pass through RabbitMQ at {}", address.shown());
    } catch (IOException | RuntimeException e) {
      pause = longer();
      String now = e.toString();
      if (!now.equals(trouble)) {
        LOG.warn("RabbitMQ at {} cannot be used, trying on: {}", address.shown(), now);
        trouble = now;
      }
    }
  }

  private Duration longer() {
    Duration twice = pause.isZero() ? REST : pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private final class User implements RabbitLine.User {
    private final Listener listener;

    User(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void heard(byte[] message) {
      listener.heard(message);
    }

    @Override
    public void changed() {
      if (isOpen()) {
        listener.opened(); // what was sent while it took nothing is lost
      }
      keeper.ifPresent(Loop::wake);
    }
  }
}
