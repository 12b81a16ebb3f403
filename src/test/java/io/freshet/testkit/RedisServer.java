package io.freshet.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A private redis-server on a free port of the loopback interface, with a directory of its own. It
 * saves nothing by itself, so a restart comes back empty, or with what {@code cli("SAVE")} wrote.
 * Ends with the test JVM at the latest.
 */
public final class RedisServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path directory;
  private final int port;
  private final List<String> options;
  private final Thread exitHook = new Thread(this::stop);
  private @Nullable Process process;

  private RedisServer(List<String> options) {
    try {
      this.directory = Files.createTempDirectory("freshet-test-redis");
      this.port = FreePorts.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.options = options;
    Runtime.getRuntime().addShutdownHook(exitHook);
    restart();
  }

  /**
   * Starts one.
   *
   * @param options as on the command line, each with its value: {@code "--maxmemory", "10mb"}
   */
  public static RedisServer start(String... options) {
    return new RedisServer(List.of(options));
  }

  /** Starts a replica and waits until it holds what the other holds. */
  public static RedisServer startReplicaOf(RedisServer master, String... options) {
    List<String> all = new ArrayList<>(List.of("--replicaof", "127.0.0.1 " + master.port()));
    all.addAll(List.of(options));
    RedisServer replica = new RedisServer(all);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> replica.cli("INFO", "replication").contains("master_link_status:up"));
    return replica;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Ends it by SIGKILL, and waits until it has ended. */
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  /** Stops it from answering, by SIGSTOP: connections stay open and nothing comes. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets it go on after {@link #freeze}. */
  public void thaw() {
    signal("CONT");
  }

  private synchronized void signal(String name) {
    if (process != null) {
      run("kill", "-" + name, Long.toString(process.pid()));
    }
  }

  /** Starts it again after a kill, on the same port and directory. */
  public synchronized void restart() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--save",
                "",
                "--appendonly",
                "no"));
    command.add("--repl-diskless-sync-delay");
    command.add("0");
    command.addAll(options);
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("Please install redis-server", e);
    }
    Awaitility.await().atMost(PATIENCE).until(() -> cli("PING").equals("PONG"));
  }

  /** What redis-cli prints for this command. */
  public String cli(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port), "--raw"));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private static String run(String... command) {
    try {
      Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      client.waitFor();
      return said.strip();
    } catch (IOException e) {
      throw new UncheckedIOException("Please install redis-tools", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends it and deletes its directory. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(exitHook);
    stop();
  }

  private void stop() {
    kill();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
