package io.freshet.queue;

import java.time.Duration;

/** When a failed task is tried again: after a pause that doubles with each attempt. */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {
  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1");
    }
  }

  /** The pause after this many failed attempts. */
  public Duration pauseAfter(int failures) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 20));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
