package io.freshet.app.bulk;

import io.freshet.platform.Ids;
import java.time.Duration;
import java.time.Instant;

/**
 * Ids as if drawn evenly over a stretch of the past. They bear a node number that no server has, so
 * they never equal an id of a server; the salt keeps two imports apart.
 */
record PastIds(long start, long millis, long count, int salt) {
  private static final int TIME_SHIFT = 22;

  /** The last node number: servers are numbered below it. */
  private static final long NODE = (long) (Ids.NODES - 1) << 12;

  /** Ids of one millisecond. */
  private static final int A_MILLI = 16;

  static final int SALTS = (1 << 12) / A_MILLI;

  static PastIds over(Instant from, Duration stretch, long count, int salt) {
    if (count > stretch.toMillis() * A_MILLI) {
      throw new IllegalArgumentException("too many ids for " + stretch);
    }
    return new PastIds(
        Ids.firstAt(from) >>> TIME_SHIFT, stretch.toMillis(), Math.max(1, count), salt);
  }

  /** The i-th of them, rising strictly. */
  long id(long i) {
    long slot =
        Math.multiplyHigh(i, millis * A_MILLI) == 0
            ? i * (millis * A_MILLI) / count
            : (long) ((double) i / count * millis * A_MILLI);
    return (start + slot / A_MILLI) << TIME_SHIFT | NODE | (long) salt * A_MILLI | slot % A_MILLI;
  }
}
