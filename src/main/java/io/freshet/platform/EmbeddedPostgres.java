package io.freshet.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A real PostgreSQL server of our own, on a free port of the loopback interface, that keeps its
 * data between starts. It outlives a killed Freshet; the next start finds it by its pid file, stops
 * it and takes over. The caller holds the lock of the home directory. Files: {@code data} (the
 * cluster), {@code password} (owner only), {@code postgres.log}, {@code server-*} (the programs).
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final String SUPERUSER = "postgres";
  private static final int START_ATTEMPTS = 3;
  private static final long LOG_KEPT_BYTES = 10_000_000;

  /** Durable, and sized for one machine that serves the application too. */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("fsync", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("shared_buffers", "256MB"),
          Map.entry("effective_cache_size", "1GB"),
          Map.entry("maintenance_work_mem", "128MB"),
          Map.entry("work_mem", "8MB"),
          Map.entry("random_page_cost", "1.1"),
          Map.entry("max_wal_size", "2GB"),
          Map.entry("checkpoint_timeout", "15min"),
          Map.entry("wal_compression", "on"),
          Map.entry("max_connections", "100"),
          Map.entry("jit", "off"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"));

  private final Path directory;
  private final Path data;
  private final PostgresCommand command;
  private final String password;
  private int port;

  private EmbeddedPostgres(Path directory, PostgresCommand command, String password) {
    this.directory = directory;
    this.data = directory.resolve("data");
    this.command = command;
    this.password = password;
  }

  /**
   * Starts the server; {@code settings} override the defaults (postgresql.conf names). Without a
   * {@code port} among them it takes a free one.
   */
  public static EmbeddedPostgres start(Path directory, Map<String, String> settings) {
    return start(directory, directory, settings, PostgresUser.choose());
  }

  static EmbeddedPostgres start(
      Path directory, Path programs, Map<String, String> settings, PostgresUser user) {
    Path home = directory.toAbsolutePath().normalize();
    try {
      OwnerOnly.createDirectory(home);
      PostgresCommand command =
          new PostgresCommand(PostgresBinaries.unpack(programs.toAbsolutePath().normalize()), user);
      EmbeddedPostgres server =
          new EmbeddedPostgres(home, command, password(home.resolve("password")));
      server.own();
      server.initialise(settings);
      server.refuseOtherMajorVersion();
      server.stopLeftover();
      server.launch(settings);
      return server;
    } catch (IOException e) {
      throw DiskTrouble.sentence("start the embedded PostgreSQL in " + home, e);
    }
  }

  public DatabaseAddress address() {
    return address("postgres");
  }

  /** The address of one of the server's databases. */
  public DatabaseAddress address(String database) {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database,
        Optional.of(SUPERUSER),
        Optional.of(password));
  }

  /** Stops the server, waiting until everything is on disk. */
  @Override
  public void close() {
    try {
      stop("fast");
    } catch (IOException e) {
      throw DiskTrouble.sentence("stop the embedded PostgreSQL in " + directory, e);
    }
  }

  private void own() throws IOException {
    if (command.user().uid() >= 0) {
      Files.setAttribute(directory, "unix:uid", command.user().uid());
      command.user().own(data);
      command.user().own(directory.resolve("password"));
      command.user().own(log());
    }
  }

  /**
   * A cluster appears under its name only when it is whole, so that a start cut short leaves
   * nothing to trip over.
   */
  private void initialise(Map<String, String> settings) throws IOException {
    if (Files.exists(data)) {
      return;
    }
    Path fresh = directory.resolve("data.new");
    DiskTrouble.deleteTree(fresh);
    PostgresCommand.Outcome made =
        command.run(
            "initdb",
            "-D",
            fresh.toString(),
            "-U",
            SUPERUSER,
            "--pwfile=" + directory.resolve("password"),
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "off".equals(settings.get("fsync")) ? "--no-sync" : "--data-checksums");
    if (made.exitCode() != 0) {
      DiskTrouble.deleteTree(fresh);
      throw new IOException(PostgresLog.reason(made.output()));
    }
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private void refuseOtherMajorVersion() throws IOException {
    String written = Files.readString(data.resolve("PG_VERSION")).strip();
    String carried =
        command.run("postgres", "--version").output().replaceFirst("(?s)^\\D*(\\d+).*", "$1");
    if (!written.equals(carried)) {
      throw new OperatorException(
          "The data in "
              + data
              + " belongs to PostgreSQL "
              + written
              + ", but this Freshet carries PostgreSQL "
              + carried
              + ": dump it with the Freshet that wrote it and restore it, or set another FRESHET_HOME.");
    }
  }

  private void stopLeftover() throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readString(pidFile).lines().findFirst().orElse("0").strip());
    Optional<ProcessHandle> running = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (running
        .flatMap(process -> process.info().command())
        .filter(path -> path.endsWith("/postgres"))
        .isPresent()) {
      stop("fast");
    } else if (running.isPresent()) {
      Files.delete(
          pidFile); // the number was given to another program since: PostgreSQL would wait for that
      // one to end
    }
  }

  private void launch(Map<String, String> settings) throws IOException {
    if (Files.exists(log()) && Files.size(log()) > LOG_KEPT_BYTES) {
      Files.delete(log());
    }
    for (int attempt = 1; ; attempt++) {
      port = settings.containsKey("port") ? Integer.parseInt(settings.get("port")) : freePort();
      long logStart = Files.exists(log()) ? Files.size(log()) : 0;
      PostgresCommand.Outcome started =
          command.run(
              "pg_ctl",
              "start",
              "-D",
              data.toString(),
              "-l",
              log().toString(),
              "-w",
              "-t",
              "600",
              "-o",
              options(settings));
      if (started.exitCode() == 0) {
        return;
      }
      stop("immediate");
      String said = PostgresLog.since(log(), logStart) + "\n" + started.output();
      if (attempt == START_ATTEMPTS || !said.contains("could not create any TCP/IP sockets")) {
        throw new IOException(PostgresLog.reason(said));
      }
    }
  }

  private String options(Map<String, String> overrides) {
    Map<String, String> all = new LinkedHashMap<>(SETTINGS);
    all.putAll(overrides);
    all.put("port", Integer.toString(port));
    return all.entrySet().stream()
        .map(e -> "-c " + e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }

  private void stop(String mode) throws IOException {
    command.run("pg_ctl", "stop", "-D", data.toString(), "-m", mode, "-w", "-t", "120");
  }

  private Path log() {
    return directory.resolve("postgres.log");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String password(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      OwnerOnly.write(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file, StandardCharsets.UTF_8).strip();
  }
}
