package io.freshet.deploy;

import io.freshet.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A command of a deployment file as a process of this machine, with its output in a file. */
final class DeployedProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);

  private final String name;
  private final Process process;
  private final Path log;
  private final int port;

  private DeployedProcess(String name, Process process, Path log, int port) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /**
   * Starts it on a free port.
   *
   * @param environment all that it gets, besides where programs are
   */
  static DeployedProcess start(
      String name, List<String> command, Map<String, String> environment, Path directory) {
    try {
      int port = FreePorts.next();
      Path log = directory.resolve(name + ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder
          .environment()
          .put(
              "PATH",
              Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH"));
      builder.environment().put("PORT", Integer.toString(port));
      builder.environment().put("FRESHET_HOME", directory.resolve(name).toString());
      return new DeployedProcess(name, builder.start(), log, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** Waits until this command, which is given the port, succeeds. */
  DeployedProcess awaitHealth(List<String> check) {
    Awaitility.await(name)
        .atMost(START)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> succeeds(check) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException(name + " has ended: " + said());
    }
    return this;
  }

  boolean succeeds(List<String> check) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(check)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("PORT", Integer.toString(port));
      return builder.start().waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it ends by itself, and returns its exit code. */
  int result() {
    try {
      if (!process.waitFor(START)) {
        throw new IllegalStateException(name + " does not end: " + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SIGTERM, and its exit code. */
  int stop() {
    process.destroy();
    return result();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  String said() {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(log));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
