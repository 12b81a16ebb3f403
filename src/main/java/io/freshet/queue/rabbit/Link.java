package io.freshet.queue.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import io.freshet.platform.rabbit.RabbitAddress;
import io.freshet.queue.Lane;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to RabbitMQ, from when they stand until the first of them is lost; then a new
 * link is made. So a delivery or a confirm never belongs to another connection than it came by. One
 * connection publishes, the other consumes: RabbitMQ stops reading from those that publish while it
 * is short of memory or disk, and tasks must be acknowledged then.
 *
 * <p>{@link #consume} and {@link #look} are called by one thread, the rest by any.
 */
final class Link {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /** Tasks fetched ahead from one queue: enough to hide the way there, few to be redone. */
  private static final int PREFETCH = 8;

  /** How long RabbitMQ may take to confirm, before the link counts as lost. */
  private static final Duration CONFIRM_PATIENCE = Duration.ofSeconds(30);

  private static final int CLOSE_MILLIS = 5_000;

  /** What a queue holds for others to take, and how many take from it. */
  record Count(int ready, int consumers) {}

  /** Who works with the link. */
  interface User {
    void delivered(Lane lane, Link link, Channel channel, Delivery delivery);

    /** What to answer to the census. */
    Census.Answer answer(Link link);

    /** The link is lost, or has unseen shards. */
    void changed();
  }

  private final Topology topology;
  private final User user;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<String>> lost = new AtomicReference<>(Optional.empty());
  private final Connection publishing;
  private final Connection consuming;
  private final Confirms confirms;
  private final Map<Lane, Channel> lanes = new EnumMap<>(Lane.class);
  private final Map<Lane, Integer> shards = new ConcurrentHashMap<>();
  private final Set<String> consumed = ConcurrentHashMap.newKeySet();
  private final ReentrantLock asking = new ReentrantLock();
  private final Channel questions;
  private final Census census;
  private volatile boolean unseen;

  private Link(RabbitAddress address, Topology topology, User user) throws IOException {
    this.topology = topology;
    this.user = user;
    try {
      publishing = address.connect("publishes", sockets::add);
      consuming = address.connect("works", sockets::add);
      Channel publisher = publishing.createChannel();
      Channel answers = publishing.createChannel();
      topology.declare(publisher);
      // A queue that is gone is declared again by the next link.
      confirms = new Confirms(publisher, () -> lose("a queue has gone"), System::nanoTime);
      publishing.addBlockedListener(this::blocked, this::unblocked);
      questions = consuming.createChannel();
      // Answers are publishing too, see above.
      census = Census.answering(publishing, answers, () -> user.answer(this), this::heardOfShards);
      // In this order, so that of two processes that begin at once the one hears of the other.
      look();
      census.announce(topology.shards());
      List.of(publisher, answers, questions).forEach(this::watch);
    } catch (IOException | RuntimeException e) {
      cut();
      throw e;
    }
  }

  static Link open(RabbitAddress address, Topology topology, User user) throws IOException {
    return new Link(address, topology, user);
  }

  Confirms confirms() {
    return confirms;
  }

  /** Why it was lost, if it was. */
  Optional<String> lost() {
    return lost.get();
  }

  boolean isLost() {
    return lost.get().isPresent();
  }

  /** How many shards of the lane exist. */
  int shards(Lane lane) {
    return shards.getOrDefault(lane, topology.shards());
  }

  /** How many queues this process takes tasks from. */
  int consumers() {
    return consumed.size();
  }

  /** Sees shards that others have added. */
  void look() throws IOException {
    unseen = false;
    for (Lane lane : Lane.values()) {
      shards.put(lane, topology.existingShards(consuming, lane));
    }
  }

  /** Whether {@link #look} would find more. */
  boolean hasUnseenShards() {
    return unseen;
  }

  private void heardOfShards(int count) {
    if (count > shards(Lane.EVENTS)) {
      unseen = true;
      user.changed();
    }
  }

  /** Takes from all shards of the lane that it does not take from yet. */
  void consume(Lane lane) throws IOException {
    Channel channel = lanes.get(lane);
    if (channel == null) {
      channel = consuming.createChannel();
      watch(channel);
      channel.basicQos(PREFETCH);
      lanes.put(lane, channel);
    }
    for (int shard = 0; shard < shards(lane); shard++) {
      consume(lane, shard, channel);
    }
  }

  private void consume(Lane lane, int shard, Channel channel) throws IOException {
    String queue = Topology.queue(lane, shard);
    if (consumed.add(queue)) {
      channel.basicConsume(
          queue,
          false,
          (tag, delivery) -> user.delivered(lane, this, channel, delivery),
          tag -> cancelled(queue, shard));
    }
  }

  /** The queue was deleted, or moved to another node; a surplus shard may go. */
  private void cancelled(String queue, int shard) {
    consumed.remove(queue);
    if (shard < topology.shards()) {
      lose("RabbitMQ ended the consumer of " + queue);
    }
  }

  private void blocked(String reason) {
    String why = "RabbitMQ takes no tasks now: " + reason;
    LOG.warn("{}", why);
    confirms.block(why);
  }

  private void unblocked() {
    LOG.info("RabbitMQ takes tasks again");
    confirms.unblock();
  }

  /**
   * Loses the link if RabbitMQ has owed a confirm for too long. During an alarm it owes none: the
   * other connection must live on to consume.
   */
  void watch() {
    if (confirms.isOverdue(CONFIRM_PATIENCE)) {
      lose("no confirm within " + CONFIRM_PATIENCE.toSeconds() + " s");
    }
  }

  Count count(String queue) throws IOException {
    asking.lock();
    try {
      var ok = questions.queueDeclarePassive(queue);
      return new Count(ok.getMessageCount(), ok.getConsumerCount());
    } finally {
      asking.unlock();
    }
  }

  Census census() {
    return census;
  }

  /** A channel of its own, to be closed by the caller; what it holds unanswered is put back. */
  Channel channel() throws IOException {
    return consuming.createChannel();
  }

  void close() {
    lost.compareAndSet(Optional.empty(), Optional.of("Freshet stops"));
    consuming.abort(CLOSE_MILLIS);
    publishing.abort(CLOSE_MILLIS);
    confirms.close("Freshet stops");
    cut();
  }

  private void lose(String why) {
    if (lost.compareAndSet(Optional.empty(), Optional.of(why))) {
      confirms.close(why);
      cut();
      user.changed();
    }
  }

  /** A channel that closes, with its connection or alone, ends the link. */
  private void watch(Channel channel) {
    channel.addShutdownListener(cause -> lose(String.valueOf(cause.getMessage())));
  }

  /** Ends the connections at once; an orderly close could wait for a server that does not read. */
  private void cut() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.debug("a socket would not close", e);
      }
    }
  }
}
