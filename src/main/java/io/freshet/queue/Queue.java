package io.freshet.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Holds tasks until they are worked: at least once each, in no promised order. Thread-safe. */
public interface Queue {

  /**
   * Adds a task. The stage completes when this process may die without losing the task: a broker
   * has stored it, or, in process, it and all tasks that followed it are done. It fails with a
   * {@link QueueAwayException} when the task could not be added now; any other failure means that
   * it became a dead letter.
   */
  CompletionStage<Void> publish(Task task);

  /** The next task that is due in this lane, waiting for one at most this long. */
  Optional<Delivery> take(Lane lane, Duration wait) throws InterruptedException;

  /** How many tasks there are, as far as this process can tell. */
  QueueDepth depth();

  /**
   * Whether no task waits, is delayed or is being worked, by this process or another. Exact if
   * nothing is published meanwhile; in doubt it is false. May take a second.
   */
  boolean isQuiet();

  /** A task in the hands of one worker, who ends it with exactly one of the two calls. */
  interface Delivery {
    Task task();

    /** Adds the tasks that follow, and only then acknowledges this one. */
    void done(List<Task> following);

    /** Has the task tried again later, or makes it a dead letter after the last attempt. */
    void failed(Throwable cause);
  }
}
