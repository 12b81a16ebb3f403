package io.freshet.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * A pool before which only so many threads may wait for a connection; one more gets a {@link
 * BusyException} at once. Under more load than the database can take, requests are then refused in
 * a moment instead of piling up until all of them are too late. Thread-safe.
 */
final class GuardedPool implements ConnectionFactory {
  private final DataSource pool;
  private final Semaphore places;
  private final LongAdder refused = new LongAdder();

  /**
   * @param waiting threads that may wait at the same time
   */
  GuardedPool(DataSource pool, int waiting) {
    this.pool = pool;
    this.places = new Semaphore(waiting);
  }

  /** How many were refused since the start. */
  long refused() {
    return refused.sum();
  }

  @Override
  public Connection openConnection() throws SQLException {
    if (!places.tryAcquire()) {
      refused.increment();
      throw new BusyException("too many requests wait for the database");
    }
    try {
      return pool.getConnection();
    } finally {
      places.release();
    }
  }
}
