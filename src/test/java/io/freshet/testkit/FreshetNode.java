package io.freshet.testkit;

import io.freshet.app.ManagementClient;
import io.freshet.app.Progress;
import io.freshet.app.RunFile;
import io.freshet.platform.Home;
import io.freshet.platform.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One Freshet of a cluster: a process that can be killed and started again, on the same port and
 * with the same home. What it prints goes to {@code <name>.log} beside its home. Not thread-safe.
 */
public final class FreshetNode implements AutoCloseable {
  /** It logs as in production, and several of them fit into a small machine. */
  private static final List<String> OPTIONS =
      List.of("-Xmx256m", "-Dlogback.configurationFile=logback.xml");

  private static final Duration READY = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofMinutes(1);
  private static final int PROBE_MILLIS = 2_000;

  private final String name;
  private final Path home;
  private final Path log;
  private final int port;
  private final Map<String, String> environment;
  private Optional<Process> process = Optional.empty();

  /**
   * Not started yet.
   *
   * @param directory gets its home and its log
   * @param settings the environment, but for {@code PORT} and {@code FRESHET_HOME}
   */
  public FreshetNode(String name, Path directory, Map<String, String> settings) {
    this.name = name;
    this.home = directory.resolve(name);
    this.log = directory.resolve(name + ".log");
    this.port = FreePorts.next();
    this.environment = new HashMap<>(settings);
    environment.put("PORT", Integer.toString(port));
    environment.put("FRESHET_HOME", home.toString());
  }

  public String name() {
    return name;
  }

  public int port() {
    return port;
  }

  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Begins to start it, after whatever it printed before. */
  public synchronized void start() {
    try {
      ProcessBuilder builder =
          FreshetCommand.of(environment, OPTIONS, "serve").redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      process = Optional.of(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it says that it is ready; fails with the end of its log. */
  public void awaitReady() {
    if (!Patience.await(READY, () -> isReady() || !isRunning()) || !isRunning()) {
      throw new IllegalStateException(
          name
              + (isRunning() ? " is not ready" : " has ended")
              + "; its log ends with\n"
              + tail(40));
    }
  }

  /** What {@code /health/ready} says. */
  public boolean isReady() {
    try {
      HttpURLConnection probe =
          (HttpURLConnection) URI.create(address() + "/health/ready").toURL().openConnection();
      probe.setConnectTimeout(PROBE_MILLIS);
      probe.setReadTimeout(PROBE_MILLIS);
      return probe.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  public synchronized boolean isRunning() {
    return process.filter(Process::isAlive).isPresent();
  }

  /** As with kill -9. */
  public synchronized void kill() {
    process.ifPresent(Process::destroyForcibly);
    await();
  }

  /** As with kill: it ends in order. */
  public synchronized void stop() {
    process.ifPresent(Process::destroy);
    await();
  }

  private void await() {
    try {
      if (process.isPresent() && !process.get().waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.get().destroyForcibly();
        throw new IllegalStateException(name + " does not stop; its log ends with\n" + tail(40));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What an operator's command would ask of it. */
  public JsonNode ask(String operation, ObjectNode arguments) {
    return ask(operation, arguments, Progress.SILENT);
  }

  public JsonNode ask(String operation, ObjectNode arguments, Progress progress) {
    RunFile running =
        RunFile.read(new Home(home))
            .orElseThrow(() -> new IllegalStateException(name + " has left no run file"));
    return new ManagementClient(running).call(operation, arguments, progress);
  }

  /** A command for this process, as an operator would type it; not started yet. */
  public ProcessBuilder command(String... arguments) {
    return FreshetCommand.of(environment, OPTIONS, arguments);
  }

  /** The last lines of its log. */
  public String tail(int lines) {
    try {
      List<String> all = Files.exists(log) ? Files.readAllLines(log) : List.of();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return log + " cannot be read: " + e.getMessage();
    }
  }

  /** Writes what each of its threads does, the virtual ones too, if it runs. */
  public synchronized void dumpThreads(Path file) throws IOException {
    if (isRunning()) {
      new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
              Long.toString(process.orElseThrow().pid()),
              "Thread.dump_to_file",
              "-overwrite",
              file.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .join();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
