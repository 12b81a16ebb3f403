package io.freshet.platform;

import io.freshet.platform.redis.RedisAwayException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * Tells an outage of the database or of Redis, which ends by itself, from an error in what was
 * asked of it.
 */
public final class Outage {
  private Outage() {}

  /**
   * Whether this was thrown because one of them is away, starts, stops, is out of room, or has too
   * many who wait for it.
   */
  public static boolean causes(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || cause instanceof BusyException
          || cause instanceof UnavailableException
          || cause instanceof RedisAwayException) {
        return true;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return isOutage(sql.getSQLState());
      }
    }
    return false;
  }

  /**
   * By SQLSTATE: class 08 is the connection, 57P a server that stops or starts, 53 one that is out
   * of connections, memory or disk, 25006 one that only reads, 40001 and 40P01 a conflict that a
   * later try may not meet, 57014 a statement that took too long.
   */
  private static boolean isOutage(String state) {
    return state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53")
        || state.equals("25006")
        || state.equals("40001")
        || state.equals("40P01")
        || state.equals("57014");
  }
}
