package io.freshet.media;

import java.time.Duration;

/**
 * What an account may keep.
 *
 * @param daily media sent within the last day, those that are still there
 * @param bytes of all its files together
 */
public record Quota(int daily, long bytes) {
  static final Duration DAY = Duration.ofDays(1);
}
