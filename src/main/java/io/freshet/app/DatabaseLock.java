package io.freshet.app;

import io.freshet.platform.Database;
import io.freshet.platform.OperatorException;
import io.freshet.platform.Patience;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Sees to it that one process works from a database: the feeds are in its heap, so a second one
 * would not hear of what the first is told. An advisory lock of PostgreSQL, held by a connection of
 * its own and gone with it.
 */
final class DatabaseLock implements AutoCloseable {
  /** Any number that nobody else takes: "freshet" in ASCII. */
  private static final long KEY = 0x66726573686574L;

  /** How long the server may need to notice that a predecessor was killed. */
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final Connection connection;

  private DatabaseLock(Connection connection) {
    this.connection = connection;
  }

  static DatabaseLock take(Database database) {
    try {
      DatabaseLock lock = new DatabaseLock(database.dataSource().getConnection());
      if (!Patience.await(WAIT, lock::isTaken)) {
        lock.close();
        throw new OperatorException(
            "Another Freshet works from the database at "
                + database.address().shown()
                + ": stop it, or give this one a database of its own.");
      }
      return lock;
    } catch (SQLException e) {
      throw new OperatorException("Cannot lock the database: " + e.getMessage() + ".", e);
    }
  }

  private boolean isTaken() {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      lock.setLong(1, KEY);
      try (ResultSet answer = lock.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new OperatorException("Cannot lock the database: " + e.getMessage() + ".", e);
    }
  }

  /** Gives the lock back, for the connection itself goes back to its pool. */
  @Override
  public void close() throws SQLException {
    try (connection;
        PreparedStatement unlock = connection.prepareStatement("SELECT pg_advisory_unlock(?)")) {
      unlock.setLong(1, KEY);
      unlock.execute();
    }
  }
}
