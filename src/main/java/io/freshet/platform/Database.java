package io.freshet.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateResult;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.postgresql.util.PSQLException;

/**
 * The pool of connections and the schema behind it. A caller waits at most {@link #BORROW_TIMEOUT}
 * for a connection and fails then, so that a database that is away is noticed in seconds; when many
 * wait already it fails at once. Thread-safe.
 */
public final class Database implements AutoCloseable {
  public static final Duration BORROW_TIMEOUT = Duration.ofSeconds(3);

  /**
   * Threads that may wait for a connection, unless told otherwise: with 16 connections and some 5
   * ms a request the last of them waits 40 ms, and more would only make all of them late.
   */
  public static final int WAITING = 128;

  /** Short, for the primary is there to be asked instead. */
  private static final Duration REPLICA_BORROW_TIMEOUT = Duration.ofMillis(500);

  private static final int OLDEST_SERVER = 15;
  private static final int PROBE_SECONDS = 2;

  /**
   * A server that says nothing for so long is taken for dead; what may last longer lifts this for
   * its connection.
   */
  private static final String SOCKET_TIMEOUT_SECONDS = "30";

  private final HikariDataSource pool;
  private final GuardedPool guarded;
  private final Jdbi jdbi;
  private final DatabaseAddress address;

  private Database(HikariDataSource pool, int waiting, DatabaseAddress address) {
    this.pool = pool;
    this.guarded = new GuardedPool(pool, waiting);
    this.jdbi = silent(Jdbi.create(guarded));
    this.address = address;
  }

  /**
   * What bringing the schema up to date did.
   *
   * @param from the version that was found; empty: there was no schema
   * @param steps how many migrations were run; 0: it was up to date
   */
  public record Migrated(Optional<String> from, String to, int steps) {}

  /** Connects; fails at once, in one sentence, when the server cannot be reached or is too old. */
  public static Database open(DatabaseAddress address, int poolSize) {
    return open(address, poolSize, WAITING);
  }

  /**
   * Connects.
   *
   * @param waiting threads that may wait for a connection; more get a {@link BusyException}
   */
  public static Database open(DatabaseAddress address, int poolSize, int waiting) {
    return open(address, poolSize, waiting, Duration.ofMillis(1));
  }

  /**
   * Connects.
   *
   * @param patience how long to try again while the server cannot be reached
   */
  public static Database open(DatabaseAddress address, int poolSize, Duration patience) {
    return open(address, poolSize, WAITING, patience);
  }

  /** A pool for a server that may be away for now; it connects when it is asked. */
  public static Database openLater(DatabaseAddress address, int poolSize, int waiting) {
    HikariConfig config = pool(address, poolSize);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(REPLICA_BORROW_TIMEOUT.toMillis());
    config.setPoolName("replica");
    config.setReadOnly(true);
    return new Database(new HikariDataSource(config), waiting, address);
  }

  private static Database open(
      DatabaseAddress address, int poolSize, int waiting, Duration patience) {
    HikariConfig config = pool(address, poolSize);
    config.setInitializationFailTimeout(Math.max(1, patience.toMillis()));
    try {
      Database database = new Database(new HikariDataSource(config), waiting, address);
      database.refuseOldServer();
      return database;
    } catch (HikariPool.PoolInitializationException e) {
      throw new OperatorException(
          "Cannot reach the database at " + address.shown() + ": " + reason(e) + ".", e);
    }
  }

  private static HikariConfig pool(DatabaseAddress address, int poolSize) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("database");
    config.setJdbcUrl(address.jdbcUrl());
    address.user().ifPresent(config::setUsername);
    address.password().ifPresent(config::setPassword);
    config.setMaximumPoolSize(poolSize);
    config.setConnectionTimeout(BORROW_TIMEOUT.toMillis());
    config.addDataSourceProperty("ApplicationName", "freshet");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    // The detail of a failure is the row that failed.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return config;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /**
   * What is bound to a statement may be a password's hash or a letter: failures do not repeat it.
   */
  private static Jdbi silent(Jdbi jdbi) {
    return jdbi.configure(
        StatementExceptions.class, failures -> failures.setMessageRendering(MessageRendering.NONE));
  }

  /** The pool itself: for what runs alone and may wait. */
  public DataSource dataSource() {
    return pool;
  }

  /** How many were refused since the start because too many waited already. */
  public long refused() {
    return guarded.refused();
  }

  /** Shows how its connections are used. */
  public void measure(Metrics metrics) {
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    metrics.gauge(
        "freshet_database_connections",
        "Connections to the database",
        bean::getActiveConnections,
        "state",
        "active");
    metrics.gauge(
        "freshet_database_connections",
        "Connections to the database",
        bean::getIdleConnections,
        "state",
        "idle");
    metrics.gauge(
        "freshet_database_connections_most", "Connections there may be", pool::getMaximumPoolSize);
    metrics.gauge(
        "freshet_database_waiting",
        "Threads that wait for a connection",
        bean::getThreadsAwaitingConnection);
    metrics.count(
        "freshet_database_refused",
        "Refused for too many who wait for the database",
        this::refused);
  }

  /** Whether the server answers now, however many wait for a connection. */
  public boolean isReachable() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(PROBE_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  public DatabaseAddress address() {
    return address;
  }

  /** Brings the schema up to date; several processes may try at once, one does it. */
  public Migrated migrate() {
    Flyway flyway = Flyway.configure().dataSource(pool).load();
    try {
      refuseNewerSchema(flyway);
      MigrateResult result = flyway.migrate();
      Optional<String> from = Optional.ofNullable(result.initialSchemaVersion);
      String to = Optional.ofNullable(result.targetSchemaVersion).or(() -> from).orElse("none");
      return new Migrated(from, to, result.migrationsExecuted);
    } catch (FlywayException e) {
      throw new OperatorException(
          "Cannot bring the schema of " + address.shown() + " up to date: " + firstLine(e) + ".",
          e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  /** The ids of an SQL array. */
  public static long[] longs(Array array) throws SQLException {
    Long[] boxed = (Long[]) array.getArray();
    long[] values = new long[boxed.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed[i];
    }
    return values;
  }

  private void refuseNewerSchema(Flyway flyway) {
    MigrationInfo[] all = flyway.info().all();
    Optional<MigrationInfo> newest =
        Arrays.stream(all)
            .filter(step -> step.getState().isApplied() && step.getVersion() != null)
            .reduce((a, b) -> b);
    Optional<MigrationInfo> known =
        Arrays.stream(all)
            .filter(step -> step.getState().isResolved() && step.getVersion() != null)
            .reduce((a, b) -> b);
    if (newest.isPresent() && !newest.get().getState().isResolved()) {
      throw new OperatorException(
          "The database at "
              + address.shown()
              + " has schema version "
              + newest.get().getVersion()
              + ", but this Freshet knows only "
              + known.map(step -> String.valueOf(step.getVersion())).orElse("none")
              + ": start the newer Freshet that wrote it.");
    }
  }

  private void refuseOldServer() {
    int version =
        jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT current_setting('server_version_num')::int")
                .mapTo(Integer.class)
                .one())
            / 10_000;
    if (version < OLDEST_SERVER) {
      pool.close();
      throw new OperatorException(
          "The database at "
              + address.shown()
              + " is PostgreSQL "
              + version
              + "; Freshet needs "
              + OLDEST_SERVER
              + " or newer.");
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof PSQLException)) {
      cause = cause.getCause();
    }
    return firstLine(cause);
  }

  private static String firstLine(Throwable e) {
    return Optional.ofNullable(e.getMessage())
        .orElse(e.toString())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("\\.$", "");
  }
}
