package io.freshet.queue;

import io.freshet.platform.trace.Step;
import io.freshet.platform.trace.Traces;
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
  private final Traces traces;

  /** One that traces nothing. */
  public QueueWorker(Queue queue, Lane lane, Map<String, TaskHandler> handlers) {
    this(queue, lane, handlers, Traces.none());
  }

  public QueueWorker(Queue queue, Lane lane, Map<String, TaskHandler> handlers, Traces traces) {
    this.queue = queue;
    this.lane = lane;
    this.handlers = Map.copyOf(handlers);
    this.traces = traces;
  }

  /** Works one task if one comes within the wait. */
  public boolean runOnce(Duration wait) throws InterruptedException {
    Optional<Delivery> delivery = queue.take(lane, wait);
    delivery.ifPresent(this::work);
    return delivery.isPresent();
  }

  private void work(Delivery delivery) {
    Task task = delivery.task();
    if (task.trace().isEmpty()) {
      work(delivery, Step.NONE);
      return;
    }
    try (Step step = traces.follow("task " + task.topic(), Traces.Kind.CONSUMER, task.trace())) {
      work(delivery, step.note("freshet.lane", lane.name()));
    }
  }

  private void work(Delivery delivery, Step step) {
    Task task = delivery.task();
    List<Task> following;
    try {
      following = handler(task.topic()).handle(task.body());
    } catch (RuntimeException | Error e) {
      step.failed(e);
      delivery.failed(e);
      return;
    }
    delivery.done(task.trace().isEmpty() ? following : in(step, task, following));
  }

  /** A worker that traces nothing hands on the step that it got. */
  private static List<Task> in(Step step, Task task, List<Task> following) {
    Optional<String> trace = step.trace().or(task::trace);
    return following.stream().map(next -> next.in(trace)).toList();
  }

  private TaskHandler handler(String topic) {
    TaskHandler handler = handlers.get(topic);
    if (handler == null) {
      throw new IllegalStateException("no handler for the topic " + topic);
    }
    return handler;
  }
}
