package io.freshet.feed;

import io.freshet.platform.BusyException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Feeds read from the database while the stored ones are out of reach: so many at once and no more,
 * for each costs what hundreds of stored ones cost. Thread-safe.
 */
public final class DatabaseReads {
  private final Semaphore places;
  private final LongAdder done = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /**
   * @param most at once
   */
  public DatabaseReads(int most) {
    this.places = new Semaphore(most);
  }

  /**
   * Reads, unless as many as may are being read.
   *
   * @throws BusyException then
   */
  <T> T read(Supplier<T> work) {
    if (!places.tryAcquire()) {
      refused.increment();
      throw new BusyException("too many feeds are being read from the database");
    }
    try {
      done.increment();
      return work.get();
    } finally {
      places.release();
    }
  }

  /** How many feeds were read so since the start. */
  public long done() {
    return done.sum();
  }

  /** How many were refused. */
  public long refused() {
    return refused.sum();
  }
}
