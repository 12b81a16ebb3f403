package io.freshet.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How far a replica is behind, from marks of how far the primary had come and when: it lags at most
 * since the newest mark it has passed. Until it has passed one nothing is known. Not thread-safe.
 */
final class ReplayLag {
  /** Over eight minutes of looks; what is older is remembered less finely. */
  static final int MOST_MARKS = 1_000;

  /** How far the primary had come, and when it was asked. */
  private record Mark(Instant at, long position) {}

  private final Deque<Mark> unseen = new ArrayDeque<>();
  private Optional<Instant> passed = Optional.empty();

  /**
   * Notes a position of the primary.
   *
   * @param at when it was asked, or earlier
   */
  void mark(Instant at, long position) {
    if (unseen.size() >= MOST_MARKS) {
      thin();
    }
    unseen.addLast(new Mark(at, position));
  }

  /** Notes how far the replica has come. */
  void replayed(long position) {
    while (!unseen.isEmpty() && unseen.getFirst().position() <= position) {
      passed = Optional.of(unseen.removeFirst().at());
    }
  }

  /** The most it may be behind; empty while that is not known. */
  Optional<Duration> at(Instant now) {
    return passed.map(then -> Duration.between(then, now));
  }

  /** Fewer marks make the lag look longer, never shorter. */
  private void thin() {
    boolean[] drop = {true};
    unseen.removeIf(mark -> drop[0] ^= true);
  }
}
