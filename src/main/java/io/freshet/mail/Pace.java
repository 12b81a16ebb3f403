package io.freshet.mail;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast mails go out of one process: one by one with a pause between them, and none for a while
 * after the server has failed, longer each time. Thread-safe.
 */
final class Pace {
  private static final Duration FIRST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private final Duration between;
  private Instant next = Instant.EPOCH;
  private int failures;

  Pace(int perMinute) {
    this.between = Duration.ofMinutes(1).dividedBy(perMinute);
  }

  /** Takes the turn, if one may go now. */
  synchronized boolean take(Instant now) {
    if (now.isBefore(next)) {
      return false;
    }
    next = now.plus(between);
    return true;
  }

  /** Gives a turn back that was not used. */
  synchronized void unused(Instant now) {
    if (failures == 0) {
      next = now;
    }
  }

  synchronized void worked() {
    failures = 0;
  }

  /** True for the first failure since it worked. */
  synchronized boolean failed(Instant now) {
    Duration rest = FIRST_REST.multipliedBy(1L << Math.min(failures, 6));
    failures++;
    next = now.plus(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
    return failures == 1;
  }
}
