package io.freshet.app;

import io.freshet.platform.Database;
import io.freshet.platform.Loop;
import io.freshet.platform.OperatorException;
import io.freshet.platform.Patience;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may work from a database: one process that keeps feeds in its heap, which a second one could
 * not tell of what it does; or any number that share their feeds in Redis; never both kinds.
 *
 * <p>An advisory lock of PostgreSQL, held by a connection of its own and gone with it; a lock lost
 * to a restart of the server is taken again within seconds. Takes one connection of the pool.
 */
final class DatabaseLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseLock.class);

  /** Any number that nobody else takes: "freshet" in ASCII. */
  private static final long KEY = 0x66726573686574L;

  /** How long the server may need to notice that a predecessor was killed. */
  private static final Duration WAIT = Duration.ofSeconds(5);

  private static final Duration CHECK_REST = Duration.ofSeconds(5);
  private static final int CHECK_SECONDS = 2;

  private final Database database;
  private final boolean shared;
  private final Loop checks;
  private Connection connection;

  private DatabaseLock(Database database, boolean shared) {
    this.database = database;
    this.shared = shared;
    this.connection = locked();
    this.checks = Loop.start("database-lock", CHECK_REST, this::check);
  }

  /** For a process that keeps its feeds to itself. */
  static DatabaseLock takeAlone(Database database) {
    return new DatabaseLock(database, false);
  }

  /** For one of many that keep their feeds in Redis. */
  static DatabaseLock takeShared(Database database) {
    return new DatabaseLock(database, true);
  }

  private Connection locked() {
    try {
      Connection fresh = database.dataSource().getConnection();
      if (!Patience.await(WAIT, () -> isTaken(fresh))) {
        fresh.close();
        throw new OperatorException(refusal());
      }
      return fresh;
    } catch (SQLException e) {
      throw new OperatorException("Cannot lock the database: " + e.getMessage() + ".", e);
    }
  }

  private String refusal() {
    String place = database.address().shown();
    return shared
        ? "A Freshet without Redis works from the database at "
            + place
            + ": stop it first, for its feeds would not hear of what this one does."
        : "Another Freshet works from the database at "
            + place
            + ": stop it, give this one a database of its own, or let both keep their feeds in Redis"
            + " (REDIS_URL).";
  }

  private boolean isTaken(Connection by) {
    String call = shared ? "pg_try_advisory_lock_shared(?)" : "pg_try_advisory_lock(?)";
    try (PreparedStatement lock = by.prepareStatement("SELECT " + call)) {
      lock.setLong(1, KEY);
      try (ResultSet answer = lock.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new OperatorException("Cannot lock the database: " + e.getMessage() + ".", e);
    }
  }

  /** One round of the background check. */
  synchronized boolean check() throws SQLException {
    if (!connection.isValid(CHECK_SECONDS)) {
      discard(connection);
      connection = locked();
    }
    return false;
  }

  /** Gives the lock back, for the connection itself goes back to its pool. */
  @Override
  public void close() {
    checks.close();
    release();
  }

  private synchronized void release() {
    String call = shared ? "pg_advisory_unlock_shared(?)" : "pg_advisory_unlock(?)";
    try (Connection held = connection;
        PreparedStatement unlock = held.prepareStatement("SELECT " + call)) {
      unlock.setLong(1, KEY);
      unlock.execute();
    } catch (SQLException e) {
      LOG.debug("the lock went with its connection", e);
    }
  }

  private static void discard(Connection broken) {
    try {
      broken.close();
    } catch (SQLException e) {
      LOG.info("the connection of the database's lock is gone: {}", e.getMessage());
    }
  }
}
