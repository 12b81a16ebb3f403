package io.freshet.queue.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import io.freshet.queue.QueueAwayException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Publishes persistent, mandatory messages on one channel and holds what is not confirmed yet. A
 * message is published when RabbitMQ has confirmed it and not returned it before: a return, a nack,
 * silence and a closed channel are failures. Many may be in flight. While RabbitMQ takes nothing,
 * what is in flight waits for that to end, and what comes is refused at once. Thread-safe.
 */
final class Confirms {
  private record Pending(CompletableFuture<Void> confirm, long sinceNanos) {
    void fail(String why) {
      confirm.completeExceptionally(new QueueAwayException(why));
    }
  }

  private final Channel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final ConcurrentSkipListMap<Long, Pending> pending = new ConcurrentSkipListMap<>();
  private final LongSupplier nanos;
  private volatile Optional<String> closed = Optional.empty();
  private volatile Optional<String> blocked = Optional.empty();
  private volatile long openNanos;

  /**
   * @param onReturn told when a queue was not there to take a message
   * @param nanos counts time, from anywhere
   */
  Confirms(Channel channel, Runnable onReturn, LongSupplier nanos) throws IOException {
    this.channel = channel;
    this.nanos = nanos;
    this.openNanos = nanos.getAsLong();
    channel.confirmSelect();
    channel.addConfirmListener(this::confirmed, this::refused);
    channel.addReturnListener(message -> {
      returned(message);
      onReturn.run();
    });
  }

  CompletionStage<Void> publish(String exchange, String routingKey, RabbitMessage message) {
    Optional<String> refusal = blocked;
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(new QueueAwayException(refusal.get()));
    }
    CompletableFuture<Void> confirm = new CompletableFuture<>();
    lock.lock();
    try {
      long number = channel.getNextPublishSeqNo();
      Pending mine = new Pending(confirm, nanos.getAsLong());
      pending.put(number, mine);
      try {
        channel.basicPublish(
            exchange, routingKey, true, message.properties(number), message.task().body());
      } catch (IOException | RuntimeException e) {
        pending.remove(number);
        mine.fail("RabbitMQ is away: " + e.getMessage());
      }
    } finally {
      lock.unlock();
    }
    // Whoever closed may have looked just before the message was added.
    closed.ifPresent(this::failAll);
    return confirm;
  }

  /** Fails all that is not confirmed, and all that is published from now on. */
  void close(String why) {
    closed = Optional.of(why);
    failAll(why);
  }

  /** Refuses what is published until {@link #unblock}; RabbitMQ confirms nothing meanwhile. */
  void block(String why) {
    blocked = Optional.of(why);
  }

  void unblock() {
    openNanos = nanos.getAsLong();
    blocked = Optional.empty();
  }

  /** Why RabbitMQ takes nothing now, if it does not. */
  Optional<String> blocked() {
    return blocked;
  }

  /**
   * Whether a message has waited for its confirm for longer than this, while RabbitMQ could
   * confirm.
   */
  boolean isOverdue(Duration patience) {
    var oldest = pending.firstEntry();
    if (oldest == null || blocked.isPresent()) {
      return false;
    }
    long now = nanos.getAsLong();
    long waited = Math.min(now - oldest.getValue().sinceNanos(), now - openNanos);
    return waited > patience.toNanos();
  }

  private void failAll(String why) {
    take(pending).forEach(one -> one.fail("RabbitMQ is away: " + why));
  }

  private void confirmed(long number, boolean multiple) {
    ended(number, multiple).forEach(one -> one.confirm().complete(null));
  }

  private void refused(long number, boolean multiple) {
    ended(number, multiple).forEach(one -> one.fail("RabbitMQ could not store the task"));
  }

  /**
   * RabbitMQ returns a message that no queue took, and then confirms it like any other: by then it
   * is not pending any more.
   */
  private void returned(Return message) {
    Optional.ofNullable(pending.remove(Long.valueOf(message.getProperties().getCorrelationId())))
        .ifPresent(one ->
            one.fail("RabbitMQ has no queue for " + message.getRoutingKey() + ": it was returned"));
  }

  private List<Pending> ended(long number, boolean multiple) {
    if (multiple) {
      return take(pending.headMap(number, true));
    }
    return Optional.ofNullable(pending.remove(number)).map(List::of).orElse(List.of());
  }

  private List<Pending> take(SortedMap<Long, Pending> part) {
    List<Pending> taken = new ArrayList<>();
    for (Long number : part.keySet()) {
      Optional.ofNullable(pending.remove(number)).ifPresent(taken::add);
    }
    return taken;
  }
}
