package io.freshet.queue;

import io.freshet.queue.Queue.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes tasks of one lane, hands each to the handler of its topic, and acknowledges after the
 * effect. Thread-safe.
 */
public final class QueueWorker {
  private final Queue queue;
  private final Lane lane;
  private final Map<String, TaskHandler> handlers;

  public QueueWorker(Queue queue, Lane lane, Map<String, TaskHandler> handlers) {
    this.queue = queue;
    this.lane = lane;
    this.handlers = Map.copyOf(handlers);
  }

  /** Works one task if one comes within the wait. */
  public boolean runOnce(Duration wait) throws InterruptedException {
    Optional<Delivery> delivery = queue.take(lane, wait);
    delivery.ifPresent(this::work);
    return delivery.isPresent();
  }

  private void work(Delivery delivery) {
    List<Task> following;
    try {
      following = handler(delivery.task().topic()).handle(delivery.task().body());
    } catch (RuntimeException | Error e) {
      delivery.failed(e);
      return;
    }
    delivery.done(following);
  }

  private TaskHandler handler(String topic) {
    TaskHandler handler = handlers.get(topic);
    if (handler == null) {
      throw new IllegalStateException("no handler for the topic " + topic);
    }
    return handler;
  }
}
