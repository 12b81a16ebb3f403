package io.freshet.bench;

import io.freshet.app.RunFile;
import io.freshet.platform.Home;
import io.freshet.platform.Patience;
import io.freshet.testkit.FreshetCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code freshet serve} in a process of its own, which can be asked for the memory it takes. */
final class LiveNode implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final int KILO = 1_024;

  /** As {@code ./freshet} starts it. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:-UseSerialGC",
          "-XX:+UseParallelGC",
          "-XX:TieredStopAtLevel=4",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dlogback.configurationFile=logback.xml");

  /**
   * Bytes after a collection.
   *
   * @param resident of the process, what it shares with others by halves (PSS)
   * @param heap of objects that live
   * @param kernel of all sockets of this machine: objects and buffers
   */
  record Memory(long resident, long heap, long kernel) {}

  private final Path log;
  private final Process process;
  private final RunFile runFile;

  private LiveNode(Path log, Process process, RunFile runFile) {
    this.log = log;
    this.process = process;
    this.runFile = runFile;
  }

  /**
   * Starts one and returns when it serves.
   *
   * @param options of Java, besides those of {@code ./freshet}
   */
  static LiveNode start(Path home, Map<String, String> settings, List<String> options)
      throws IOException {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("FRESHET_HOME", home.toAbsolutePath().toString());
    environment.put("PORT", "0");
    List<String> all = new ArrayList<>(OPTIONS);
    all.addAll(options);
    Path log = home.resolve("serve.log");
    Process process =
        FreshetCommand.of(environment, all, "serve")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Home its = new Home(home.toAbsolutePath());
    if (!Patience.await(START, () -> RunFile.read(its).isPresent() || !process.isAlive())
        || !process.isAlive()) {
      process.destroyForcibly();
      throw new IllegalStateException("it does not start: " + Files.readString(log));
    }
    return new LiveNode(log, process, RunFile.read(its).orElseThrow());
  }

  int port() {
    return runFile.httpPort();
  }

  /** What it takes when all that is not needed has been collected. */
  Memory memory() throws IOException, InterruptedException {
    jcmd("GC.run");
    long heap = liveHeap(jcmd("GC.class_histogram"));
    long kernel = kilobytes(Path.of("/proc/meminfo"), "Slab:") + socketBuffers();
    return new Memory(
        kilobytes(Path.of("/proc/" + process.pid() + "/smaps_rollup"), "Pss:"), heap, kernel);
  }

  /** The classes that take most of the heap. */
  List<String> histogram(int lines) throws IOException, InterruptedException {
    return jcmd("GC.class_histogram").lines().limit(lines + 3L).toList();
  }

  /** Seconds on a core so far. */
  double used() {
    return ProcessTime.of(process.pid());
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Process asking =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (asking.waitFor() != 0) {
      throw new IllegalStateException("jcmd failed: " + said + Files.readString(log));
    }
    return said;
  }

  /** {@code Total <objects> <bytes>} ends the histogram. */
  private static long liveHeap(String histogram) {
    String total =
        histogram.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
    return Long.parseLong(total.split("\\s+")[2]);
  }

  private static long kilobytes(Path file, String name) throws IOException {
    return KILO
        * Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(name))
            .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]))
            .findFirst()
            .orElseThrow();
  }

  /** Pages of 4 KB. */
  private static long socketBuffers() throws IOException {
    String tcp =
        Files.readAllLines(Path.of("/proc/net/sockstat")).stream()
            .filter(line -> line.startsWith("TCP:"))
            .findFirst()
            .orElseThrow();
    return 4L * KILO * Long.parseLong(tcp.substring(tcp.indexOf("mem ") + 4).strip());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
