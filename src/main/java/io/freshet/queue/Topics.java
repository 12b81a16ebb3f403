package io.freshet.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which handler works which topic. An event has one worker, who does the work of the module that is
 * nearest to it; what other modules make of the event are tasks under topics of their own that
 * follow it, so that each is tried again, and parked, on its own.
 */
public final class Topics {
  private final Map<String, TaskHandler> handlers = new HashMap<>();

  /** These topics are worked by these; one topic has one worker. */
  public Topics worked(Map<String, TaskHandler> by) {
    by.forEach((topic, handler) -> {
      if (handlers.putIfAbsent(topic, handler) != null) {
        throw new IllegalStateException("two work the topic " + topic);
      }
    });
    return this;
  }

  /**
   * These events are followed by these tasks too; to be called after {@link #worked}.
   *
   * @param by makes tasks of an event and does nothing else: it must not fail
   */
  public Topics followed(Map<String, TaskHandler> by) {
    by.forEach((topic, tasks) -> handlers.merge(topic, tasks, Topics::both));
    return this;
  }

  private static TaskHandler both(TaskHandler worker, TaskHandler tasks) {
    return body -> {
      List<Task> all = new ArrayList<>(worker.handle(body));
      all.addAll(tasks.handle(body));
      return all;
    };
  }

  public Map<String, TaskHandler> handlers() {
    return Map.copyOf(handlers);
  }
}
