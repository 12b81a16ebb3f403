package io.freshet.live;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Numbers that a node sends itself by the way of all messages: while they come back in sequence,
 * the way is open and nothing was lost. Times are of a monotonic clock, in nanoseconds.
 * Thread-safe.
 */
final class Canary {
  static final Duration EVERY = Duration.ofSeconds(2);

  /** Three of them lost: not one that was late. */
  static final Duration PATIENCE = Duration.ofSeconds(7);

  private long sent;
  private long sentNanos;
  private long returned;
  private long returnedNanos;
  private long openedNanos;
  private boolean isInDoubt = true;

  Canary(long now) {
    sentNanos = now - EVERY.toNanos();
    returnedNanos = now;
    openedNanos = now;
  }

  /** The way is another one since now. */
  synchronized void opened(long now) {
    isInDoubt = true;
    openedNanos = now;
    sentNanos = now - EVERY.toNanos();
  }

  /** The next number, if it is time to send one. */
  synchronized OptionalLong next(long now) {
    if (now - sentNanos < EVERY.toNanos()) {
      return OptionalLong.empty();
    }
    sentNanos = now;
    return OptionalLong.of(++sent);
  }

  /** One has come back; true if messages may have been lost before it. */
  synchronized boolean comesBack(long number, long now) {
    if (number <= returned) {
      return false; // doubled
    }
    boolean isLossy = isInDoubt || number > returned + 1;
    isInDoubt = false;
    returned = number;
    returnedNanos = now;
    return isLossy;
  }

  /** None has come back for too long, on a way that is not new. */
  synchronized boolean isSilent(long now) {
    return now - Math.max(returnedNanos, openedNanos) > PATIENCE.toNanos();
  }

  synchronized boolean isReady(long now) {
    return !isInDoubt && now - returnedNanos <= PATIENCE.toNanos();
  }
}
