package io.freshet.app.status;

import java.time.Duration;
import java.time.Instant;

/** The time cut into pieces that all processes agree on. */
final class Slots {
  static final Duration EVERY = Duration.ofSeconds(15);

  /** Those of a status: half an hour. */
  static final int SHOWN = 120;

  private Slots() {}

  static long of(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), EVERY.toSeconds());
  }

  static Instant begin(long slot) {
    return Instant.ofEpochSecond(slot * EVERY.toSeconds());
  }
}
