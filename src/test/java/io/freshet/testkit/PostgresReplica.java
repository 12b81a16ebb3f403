package io.freshet.testkit;

import io.freshet.platform.Database;
import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * A streaming replica of an {@link EmbeddedPostgres}, made from a base backup: a second server on a
 * port of its own, which it keeps when it is killed and started again. Its replication slot keeps
 * the log it has not read on the primary, so it may be away for long.
 */
public final class PostgresReplica implements AutoCloseable {
  /** Not part of a backup: what belongs to the running primary, and the log, which is streamed. */
  private static final Set<String> LEFT_OUT =
      Set.of("postmaster.pid", "postmaster.opts", "pg_wal", "pg_replslot", "pg_stat_tmp");

  private final Path directory;
  private final Map<String, String> settings;
  private EmbeddedPostgres server;

  private PostgresReplica(Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings = settings;
    this.server = EmbeddedPostgres.start(directory, settings);
  }

  /**
   * Makes a replica and starts it.
   *
   * @param primary the running primary, as the replica is to reach it (perhaps through a proxy)
   * @param primaryDirectory where that one was started
   * @param directory of the replica, not there yet
   * @param settings of postgresql.conf; {@code max_connections} must not be below the primary's
   */
  public static PostgresReplica of(
      DatabaseAddress primary,
      Path primaryDirectory,
      Path directory,
      Map<String, String> settings) {
    try (Database database = Database.open(primary, 1)) {
      Path data = directory.resolve("data");
      Files.createDirectories(directory);
      Files.copy(primaryDirectory.resolve("password"), directory.resolve("password"));
      backup(database, primaryDirectory.resolve("data"), data);
      Files.createFile(data.resolve("standby.signal"));
      Map<String, String> all = new java.util.HashMap<>(settings);
      all.put("port", Integer.toString(FreePorts.next()));
      all.put("hot_standby", "on");
      Files.writeString(data.resolve("postgresql.auto.conf"), connection(primary));
      return new PostgresReplica(directory, Map.copyOf(all));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of one of its databases. */
  public DatabaseAddress address(String database) {
    return server.address(database);
  }

  public DatabaseAddress address() {
    return server.address();
  }

  public int port() {
    return Integer.parseInt(settings.getOrDefault("port", "0"));
  }

  /** From now on it does not show what the primary commits, until {@link #resume}. */
  public void pause() {
    tell("SELECT pg_wal_replay_pause()");
    Awaitility.await()
        .until(() -> "paused".equals(asked("SELECT pg_get_wal_replay_pause_state()")));
  }

  public void resume() {
    tell("SELECT pg_wal_replay_resume()");
  }

  /** Waits until it shows all that the primary has committed by now. */
  public void awaitAll(Database primary) {
    String now =
        primary
            .jdbi()
            .withHandle(handle ->
                handle.createQuery("SELECT pg_current_wal_lsn()::text").mapTo(String.class).one());
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            "true"
                .equals(asked("SELECT (pg_last_wal_replay_lsn() >= '" + now + "'::pg_lsn)::text")));
  }

  /** As with kill -9. */
  public void kill() {
    try {
      String pid =
          Files.readString(directory.resolve("data/postmaster.pid")).lines().findFirst().orElse("");
      ProcessHandle process = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
      process.destroyForcibly();
      Awaitility.await().until(() -> !process.isAlive());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again after {@link #kill} or {@link #stop}, on the same port. */
  public void restart() {
    // The children of a killed server need a moment to notice.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(() -> server = EmbeddedPostgres.start(directory, settings));
  }

  public void stop() {
    server.close();
  }

  @Override
  public void close() {
    server.close();
  }

  private String asked(String sql) {
    try (Database database = Database.open(server.address(), 1)) {
      return database
          .jdbi()
          .withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
    }
  }

  private void tell(String sql) {
    try (Database database = Database.open(server.address(), 1)) {
      database.jdbi().useHandle(handle -> handle.createQuery(sql).mapToMap().list());
    }
  }

  private static void backup(Database primary, Path from, Path to) throws IOException {
    primary
        .jdbi()
        .useHandle(handle -> {
          handle
              .createQuery("SELECT pg_create_physical_replication_slot(?, true)")
              .bind(0, "replica")
              .mapToMap()
              .list();
          handle.createQuery("SELECT pg_backup_start('replica', true)").mapToMap().list();
          copy(from, to);
          String label =
              handle
                  .createQuery("SELECT labelfile FROM pg_backup_stop(false)")
                  .mapTo(String.class)
                  .one();
          Files.writeString(to.resolve("backup_label"), label);
        });
  }

  /** Files that vanish meanwhile are in the log. */
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Path made = Files.createDirectories(to.resolve(from.relativize(directory)));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
            return LEFT_OUT.contains(String.valueOf(directory.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!LEFT_OUT.contains(String.valueOf(file.getFileName()))) {
              try {
                Files.copy(
                    file,
                    to.resolve(from.relativize(file)),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
              } catch (NoSuchFileException gone) {
                return FileVisitResult.CONTINUE;
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
  }

  private static String connection(DatabaseAddress primary) {
    URI uri = URI.create(primary.jdbcUrl().substring("jdbc:".length()));
    return """
    primary_conninfo = 'host=%s port=%d user=%s password=%s'
    primary_slot_name = 'replica'
    wal_retrieve_retry_interval = '200ms'
    """
        .formatted(uri.getHost(), uri.getPort(), part(primary.user()), part(primary.password()));
  }

  private static String part(Optional<String> value) {
    return value.orElseThrow();
  }
}
