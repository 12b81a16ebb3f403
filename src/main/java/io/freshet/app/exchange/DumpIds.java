package io.freshet.app.exchange;

import io.freshet.platform.Ids;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Ids that a dump's own numbers and times determine, so that a second run finds the rows of the
 * first. They bear the node number that no server has. Of two that would be the same, the later in
 * the dump takes the next that is free.
 */
final class DumpIds {
  private static final int COUNTER = (1 << 12) - 1;
  private static final long NODE = (long) (Ids.NODES - 1) << 12;

  private final Set<Long> taken = new HashSet<>();

  long id(Instant at, long number) {
    long id = of(at, number);
    for (long next = number + 1; !taken.add(id); next++) {
      id = of(at, next);
    }
    return id;
  }

  /** Whether an id bears the node number of imports. */
  static boolean isImported(long id) {
    return (id & NODE) == NODE;
  }

  /** One that others may have too. */
  static long of(Instant at, long number) {
    return Ids.firstAt(at) | NODE | (number & COUNTER);
  }
}
