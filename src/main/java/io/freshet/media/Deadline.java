package io.freshet.media;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** When work that a file could make endless is given up. */
public record Deadline(InstantSource clock, Instant end) {

  public static Deadline in(Duration time, InstantSource clock) {
    return new Deadline(clock, clock.instant().plus(time));
  }

  public boolean hasPassed() {
    return clock.instant().isAfter(end);
  }

  /** Ends the work if it has taken too long. */
  public void check() {
    if (hasPassed()) {
      throw MediaException.file("takes too long to process: send a simpler one");
    }
  }
}
