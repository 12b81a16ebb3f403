package io.freshet.queue.rabbit;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import io.freshet.platform.Patience;
import io.freshet.queue.Lane;
import io.freshet.queue.Queue;
import io.freshet.queue.QueueAwayException;
import io.freshet.queue.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task from RabbitMQ. It is acknowledged when all that comes of it is confirmed; while RabbitMQ
 * does not confirm, its worker waits and tries again. When the link is lost RabbitMQ hands the task
 * out anew, and ending it here does nothing. When ending it fails, it is put back.
 */
final class RabbitDelivery implements Queue.Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(RabbitDelivery.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final RabbitQueue queue;
  private final Lane lane;
  private final Link link;
  private final Channel channel;
  private final long tag;
  private final RabbitMessage message;

  RabbitDelivery(
      RabbitQueue queue, Lane lane, Link link, Channel channel, long tag, RabbitMessage message) {
    this.queue = queue;
    this.lane = lane;
    this.link = link;
    this.channel = channel;
    this.tag = tag;
    this.message = message;
  }

  /** Whether its link is lost, so that somebody else will get it. */
  boolean isStale() {
    return link.isLost();
  }

  /** The lane it was taken from. */
  Lane lane() {
    return lane;
  }

  @Override
  public Task task() {
    return message.task();
  }

  @Override
  public void done(List<Task> following) {
    end(() -> following.stream().map(task -> queue.publish(link, task)).toList());
  }

  @Override
  public void failed(Throwable cause) {
    Retries.Next next = queue.retries().after(message, cause);
    end(() -> List.of(queue.publish(link, next)));
  }

  private void end(Supplier<List<CompletionStage<Void>>> what) {
    try {
      while (!link.isLost()) {
        if (confirmed(what.get())) {
          acknowledge();
          return;
        }
        if (Patience.await(PAUSE, link::isLost) || Thread.currentThread().isInterrupted()) {
          return;
        }
      }
    } catch (RuntimeException e) {
      RabbitQueue.putBack(channel, tag);
      throw e;
    } finally {
      queue.ended(this);
    }
  }

  private boolean confirmed(List<CompletionStage<Void>> published) {
    try {
      published.forEach(one -> one.toCompletableFuture().join());
      return true;
    } catch (CompletionException e) {
      if (QueueAwayException.in(e).isEmpty()) {
        throw e;
      }
      LOG.debug("what comes of {} is not confirmed", message.task().topic(), e);
      return false;
    }
  }

  private void acknowledge() {
    try {
      channel.basicAck(tag, false);
    } catch (IOException | AlreadyClosedException e) {
      LOG.debug("{} will be handed out again", message.task().topic(), e);
    }
  }
}
