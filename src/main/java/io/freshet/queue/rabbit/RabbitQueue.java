package io.freshet.queue.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Loop;
import io.freshet.platform.Metrics;
import io.freshet.platform.rabbit.RabbitAddress;
import io.freshet.queue.DeadLetters;
import io.freshet.queue.Lane;
import io.freshet.queue.Queue;
import io.freshet.queue.QueueAwayException;
import io.freshet.queue.QueueDepth;
import io.freshet.queue.RetryPolicy;
import io.freshet.queue.Task;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue on RabbitMQ 3.10 or newer, shared by all processes. While RabbitMQ is away publishing
 * fails with a {@link QueueAwayException} and nothing is taken; it connects anew by itself. A
 * process that never takes from a lane fetches nothing from it.
 *
 * <p>Names and arguments of what exists in RabbitMQ: {@link Topology}.
 */
public final class RabbitQueue implements Queue, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RabbitQueue.class);
  private static final Duration REST = Duration.ofMillis(500);

  /** A link that is lost within this time was never much good. */
  private static final Duration SHORT_LIFE = Duration.ofSeconds(10);

  /** Between tries to connect: RabbitMQ's log and ours shall not fill a disk. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** What reads an id takes 18 digits. */
  private static final long IDS = 1_000_000_000_000_000_000L;

  /** The tasks of a lane that this process has fetched and not worked. */
  private static final class Intake {
    final BlockingQueue<RabbitDelivery> fetched = new LinkedBlockingQueue<>();
    final AtomicInteger held = new AtomicInteger();
    volatile boolean wanted;
  }

  private final RabbitAddress address;
  private final Topology topology;
  private final Retries retries;
  private final InstantSource clock;
  private final LongSupplier ids;
  private final Map<Lane, Intake> intakes = new EnumMap<>(Lane.class);
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicLong moves = new AtomicLong();
  private final PublishTimes publishing = new PublishTimes();
  private final Loop keeper;
  private volatile Optional<Link> link = Optional.empty();
  private volatile Runnable wake = () -> {};
  private String trouble = "";
  private Duration pause = Duration.ZERO;
  private long triedNanos;

  private RabbitQueue(
      FreshetConfig.RabbitMq config,
      RetryPolicy policy,
      InstantSource clock,
      SecureRandom random,
      LongSupplier ids) {
    this.address = new RabbitAddress(config.url().orElseThrow());
    this.topology = new Topology(config.shards(), policy);
    this.retries = new Retries(policy, topology.delays(), random, clock);
    this.clock = clock;
    this.ids = ids;
    for (Lane lane : Lane.values()) {
      intakes.put(lane, new Intake());
    }
    keep();
    this.keeper = Loop.start("rabbitmq", REST, this::keep);
    this.wake = keeper::wake;
  }

  /**
   * Tries to connect, and goes on trying while RabbitMQ is away.
   *
   * @param config with a URL
   * @throws io.freshet.platform.OperatorException if the URL is malformed
   */
  public static RabbitQueue open(
      FreshetConfig.RabbitMq config, RetryPolicy policy, InstantSource clock) {
    SecureRandom random = new SecureRandom();
    // Not from Ids: those need a lease, which is lost with the database, and tasks must go on.
    return new RabbitQueue(config, policy, clock, random, () -> random.nextLong(1, IDS));
  }

  /** With another source of the messages' ids. */
  static RabbitQueue open(
      FreshetConfig.RabbitMq config, RetryPolicy policy, InstantSource clock, LongSupplier ids) {
    return new RabbitQueue(config, policy, clock, new SecureRandom(), ids);
  }

  @Override
  public CompletionStage<Void> publish(Task task) {
    return link.map(current -> publish(current, task))
        .orElseGet(() ->
            CompletableFuture.failedFuture(
                new QueueAwayException(
                    "RabbitMQ is away: there is no connection to " + address.shown())));
  }

  @Override
  public Optional<Queue.Delivery> take(Lane lane, Duration wait) throws InterruptedException {
    Intake intake = intake(lane);
    if (!intake.wanted) {
      intake.wanted = true;
      wake.run();
    }
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      RabbitDelivery next =
          intake.fetched.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (next == null) {
        return Optional.empty();
      }
      if (!next.isStale()) {
        return Optional.of(next);
      }
      ended(next);
    }
  }

  @Override
  public QueueDepth depth() {
    return ask(depth -> depth.read());
  }

  @Override
  public boolean isQuiet() {
    try {
      return ask(RabbitDepth::isQuiet);
    } catch (QueueAwayException e) {
      return false;
    }
  }

  /** Shows whether it is connected, and how long RabbitMQ takes to confirm. */
  public void measure(Metrics metrics) {
    publishing.measure(metrics);
    metrics.gauge(
        "freshet_rabbitmq_connected",
        "1: connected to RabbitMQ",
        () -> link.filter(current -> !current.isLost()).isPresent() ? 1 : 0);
  }

  /** The parking lot. */
  public DeadLetters deadLetters() {
    return new ParkingLot(this);
  }

  @Override
  public void close() {
    keeper.close();
    link.ifPresent(Link::close);
    link = Optional.empty();
  }

  CompletionStage<Void> publish(Link by, Task task) {
    return publish(by, RabbitMessage.of(ids.getAsLong(), task, clock.instant()));
  }

  CompletionStage<Void> publish(Link by, RabbitMessage message) {
    moves.incrementAndGet();
    return publishing.watch(
        by.confirms().publish(Topology.DEFAULT_EXCHANGE, shard(message.task().lane()), message));
  }

  CompletionStage<Void> publish(Link by, Retries.Next next) {
    moves.incrementAndGet();
    String to = next.parks() ? Topology.PARKED : shard(next.message().task().lane());
    return publishing.watch(by.confirms().publish(next.exchange(), to, next.message()));
  }

  /** The link that stands. */
  Link link() {
    return link.filter(current -> !current.isLost())
        .orElseThrow(() -> new QueueAwayException("RabbitMQ is away: " + address.shown()));
  }

  RabbitMessage read(Lane lane, AMQP.BasicProperties properties, byte[] body) {
    return RabbitMessage.read(lane, properties, body, clock.instant(), ids);
  }

  private <T> T ask(Question<T> question) {
    Link current = link();
    // Nobody could be asked, and each try would wait in vain for a channel.
    current
        .confirms()
        .blocked()
        .ifPresent(why -> {
          throw new QueueAwayException(why);
        });
    try {
      return question.ask(new RabbitDepth(current, topology));
    } catch (IOException | AlreadyClosedException e) {
      throw new QueueAwayException("RabbitMQ does not say what it holds: " + e.getMessage(), e);
    }
  }

  private interface Question<T> {
    T ask(RabbitDepth depth) throws IOException;
  }

  /** Has RabbitMQ hand the task out anew; it parks one that comes back too often. */
  static void putBack(Channel channel, long tag) {
    try {
      channel.basicNack(tag, false, true);
    } catch (IOException | AlreadyClosedException e) {
      LOG.debug("the task will be handed out again", e);
    }
  }

  Retries retries() {
    return retries;
  }

  void ended(RabbitDelivery delivery) {
    intake(delivery.lane()).held.decrementAndGet();
  }

  /** Shards take turns. */
  private String shard(Lane lane) {
    return Topology.queue(lane, Math.floorMod(turn.getAndIncrement(), topology.shards()));
  }

  private Intake intake(Lane lane) {
    return java.util.Objects.requireNonNull(intakes.get(lane));
  }

  /** One round of the keeper: connects if need be, and takes from the lanes that are wanted. */
  private boolean keep() {
    try {
      if (link.isEmpty() || link.get().isLost()) {
        if (!isTimeToReconnect()) {
          return false;
        }
        reconnect();
      }
      Link current = link.orElseThrow();
      if (current.hasUnseenShards()) {
        current.look();
      }
      for (Map.Entry<Lane, Intake> intake : intakes.entrySet()) {
        if (intake.getValue().wanted) {
          current.consume(intake.getKey());
        }
      }
      current.watch();
    } catch (IOException | RuntimeException e) {
      report(e);
    }
    return false;
  }

  /** At once when a link is lost that lived long; those that do not are tried ever more rarely. */
  private boolean isTimeToReconnect() {
    long sinceTry = System.nanoTime() - triedNanos;
    if (link.isPresent()) {
      boolean shortLived = sinceTry < SHORT_LIFE.toNanos();
      pause = shortLived ? longer(pause) : Duration.ZERO;
    }
    return sinceTry >= pause.toNanos();
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.isZero() ? REST : pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private void reconnect() throws IOException {
    triedNanos = System.nanoTime();
    link.flatMap(Link::lost).ifPresent(why -> LOG.warn("RabbitMQ is away: {}", why));
    link = Optional.empty();
    for (Intake intake : intakes.values()) {
      // All stale: RabbitMQ hands them out again.
      for (RabbitDelivery stale = intake.fetched.poll();
          stale != null;
          stale = intake.fetched.poll()) {
        ended(stale);
      }
    }
    link = Optional.of(Link.open(address, topology, new LinkUser()));
    LOG.info("connected to RabbitMQ at {}", address.shown());
    trouble = "";
  }

  /** Once for each kind of trouble: an outage shall not fill the disk. */
  private void report(Exception e) {
    String now = e + (e.getCause() == null ? "" : ": " + e.getCause());
    if (!now.equals(trouble)) {
      LOG.warn("RabbitMQ at {} cannot be used, trying on: {}", address.shown(), now);
      trouble = now;
    }
  }

  /** What the link calls back. */
  private final class LinkUser implements Link.User {
    private final long name = ids.getAsLong();

    @Override
    public void delivered(
        Lane lane, Link from, Channel channel, com.rabbitmq.client.Delivery delivery) {
      long tag = delivery.getEnvelope().getDeliveryTag();
      RabbitMessage message;
      try {
        message = read(lane, delivery.getProperties(), delivery.getBody());
      } catch (RuntimeException e) {
        LOG.warn("a task could not be read and is put back", e);
        putBack(channel, tag);
        return;
      }
      Intake intake = intake(lane);
      moves.incrementAndGet();
      intake.held.incrementAndGet();
      intake.fetched.add(new RabbitDelivery(RabbitQueue.this, lane, from, channel, tag, message));
    }

    @Override
    public Census.Answer answer(Link asked) {
      Map<Lane, Integer> held = new EnumMap<>(Lane.class);
      intakes.forEach((lane, intake) -> held.put(lane, intake.held.get()));
      return new Census.Answer(name, asked.consumers(), held, moves.get());
    }

    @Override
    public void changed() {
      wake.run();
    }
  }
}
