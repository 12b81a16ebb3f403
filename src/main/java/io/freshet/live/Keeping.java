package io.freshet.live;

import java.time.Duration;

/**
 * How much of a channel's stream is kept.
 *
 * @param size newest publications; 0 keeps no stream at all
 * @param age how long publications are kept after the newest of them, and how long an unused stream
 *     keeps its epoch
 */
public record Keeping(int size, Duration age) {
  public static final Keeping NOTHING = new Keeping(0, Duration.ZERO);

  /**
   * How long a stream keeps its epoch when nobody uses it: {@link #age}, but long enough that those
   * who listen and say so every few seconds never lose it, and that idempotency keys are known.
   */
  public Duration unusedAge() {
    return age.compareTo(Streams.KEY_AGE) < 0 ? Streams.KEY_AGE : age;
  }
}
