package io.freshet.ranking;

import java.time.Duration;
import java.util.Optional;

/**
 * Where computed rankings are kept for all who show them, by name, as bytes. What is missing is
 * leased to one process at a time. Every method may throw {@link
 * io.freshet.platform.redis.RedisAwayException}. Thread-safe.
 */
public interface RankingCache {
  /**
   * A day: a task renews it long before. Where none does, a page computes it so often, and nobody
   * is shown an older one.
   */
  Duration KEPT = Duration.ofDays(1);

  /** Longer than computing takes; when its holder died, the next process computes. */
  Duration LEASE = Duration.ofSeconds(5);

  /** What somebody finds who would compute it if need be. */
  sealed interface Look {
    record Found(byte[] ranking) implements Look {}

    /** It is missing, and the caller's to compute: {@link #put} or {@link #release} follows. */
    record Mine(long token) implements Look {}

    /** It is missing, and another process computes it. */
    record Others() implements Look {}
  }

  Optional<byte[]> get(String name);

  Look look(String name);

  /** Keeps it, whatever is there and whoever holds the lease. */
  void put(String name, byte[] ranking);

  /** Gives the lease back, so that somebody else may try. */
  void release(String name, long token);

  /** Forgets it. */
  void drop(String name);
}
