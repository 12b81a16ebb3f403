package io.freshet.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * How far the database's log had come when each account last wrote, for {@link #KEPT}: a replica
 * that has come less far may not answer that account. Thread-safe.
 */
public interface Positions {
  /** Longer than a replica in use may lag. */
  Duration KEPT = Duration.ofSeconds(15);

  /** Nobody knows: no replica has come so far. */
  long UNKNOWN = Long.MAX_VALUE;

  void put(long account, long position);

  /** 0 if the account has not written lately. */
  long of(long account);

  /** Of a process that works alone. */
  static Positions local() {
    Cache<Long, Long> positions = Caffeine.newBuilder().expireAfterWrite(KEPT).build();
    return new Positions() {
      @Override
      public void put(long account, long position) {
        positions.asMap().merge(account, position, Math::max);
      }

      @Override
      public long of(long account) {
        Long known = positions.getIfPresent(account);
        return known == null ? 0 : known;
      }
    };
  }
}
