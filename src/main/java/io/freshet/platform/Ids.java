package io.freshet.platform;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Makes 64-bit, time-ordered, positive ids (TSID): 41 bits of milliseconds since 2008, 10 bits of
 * node, 12 bits of counter. What happened before 2008 has no id: no community that could be
 * imported is older.
 *
 * <p>Ids of one instance rise strictly, also when the clock stands still, steps back or more than
 * 4,096 are drawn in a millisecond (the time part then runs ahead of the clock). Instances with
 * different nodes never draw the same id. Enough until the year 2077. Thread-safe.
 */
public final class Ids {
  /** The first moment that an id can tell. */
  public static final Instant FIRST = Instant.parse("2008-01-01T00:00:00Z");

  private static final long EPOCH = FIRST.toEpochMilli();

  /** Of the greatest id. */
  private static final int DIGITS = 19;

  private static final int TIME_SHIFT = 22;
  private static final int COUNTER_BITS = 12;
  private static final int COUNTER_MASK = (1 << COUNTER_BITS) - 1;

  /** Nodes are numbered from 0 to this, exclusive. */
  public static final int NODES = 1 << (TIME_SHIFT - COUNTER_BITS);

  private final InstantSource clock;
  private final IntSupplier node;
  private long millis;
  private int counter;

  public Ids(InstantSource clock, int node) {
    if (node < 0 || node >= NODES) {
      throw new IllegalArgumentException("node must be 0 to " + (NODES - 1) + ", not " + node);
    }
    this.clock = clock;
    this.node = () -> node;
  }

  /**
   * @param node asked for each id: what it throws, {@link #next} throws
   */
  public Ids(InstantSource clock, IntSupplier node) {
    this.clock = clock;
    this.node = node;
  }

  public synchronized long next() {
    long number = (long) node.getAsInt() << COUNTER_BITS;
    long now = clock.millis() - EPOCH;
    if (now > millis) {
      millis = now;
      counter = 0;
    } else if (++counter > COUNTER_MASK) {
      millis++;
      counter = 0;
    }
    return (millis << TIME_SHIFT) | number | counter;
  }

  /** What people and programs write for an id; empty if it could be none. */
  public static Optional<Long> parse(String text) {
    if (text.isEmpty()
        || text.length() > DIGITS
        || text.charAt(0) == '0'
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException aboveLong) {
      return Optional.empty();
    }
  }

  /** When the id was drawn, to the millisecond. */
  public static Instant instantOf(long id) {
    return Instant.ofEpochMilli((id >>> TIME_SHIFT) + EPOCH);
  }

  /** The smallest id that could have been drawn at this instant. */
  public static long firstAt(Instant instant) {
    return (instant.toEpochMilli() - EPOCH) << TIME_SHIFT;
  }
}
