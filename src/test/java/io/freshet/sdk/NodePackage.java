package io.freshet.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A package of our tests, copied from {@code src/test} to {@code target} with what it depends on:
 * npm installs that once for each lock file, from its cache if it can. Needs node and npm on the
 * path. Not thread-safe.
 */
public final class NodePackage {
  private static final String LOCK = "package-lock.json";

  /** Written when all is there: an installation that was broken off is begun anew. */
  private static final String INSTALLED = "node_modules/installed-lock.json";

  private static final long MINUTES = 5;

  private final Path source;
  private final Path place;

  private NodePackage(String name) {
    this.source = Path.of("src/test", name);
    this.place = Path.of("target", name);
  }

  /** Copies and installs the one of centrifuge-js. */
  static NodePackage ready() {
    return ready("js");
  }

  /** Copies and installs the one of this name. */
  public static NodePackage ready(String name) {
    NodePackage wanted = new NodePackage(name);
    wanted.install();
    return wanted;
  }

  /** Where its files and {@code node_modules} are. */
  public Path directory() {
    return place.toAbsolutePath();
  }

  /** Another process of the tests may be at the same package. */
  private void install() {
    try {
      Files.createDirectories(place);
      try (FileChannel file =
              FileChannel.open(
                  place.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = file.lock()) {
        installAlone();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Some tests need nodejs and npm; ./check installs them", e);
    }
  }

  private void installAlone() throws IOException {
    copy();
    if (!isInstalled()) {
      List<String> said = new ArrayList<>();
      run(Map.of(), said::add, "npm", "ci", "--ignore-scripts", "--prefer-offline");
      if (!Files.isDirectory(place.resolve("node_modules"))) {
        throw new IllegalStateException("npm ci failed: " + String.join("\n", said));
      }
      Files.copy(source.resolve(LOCK), place.resolve(INSTALLED));
    }
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = place.resolve(file.getFileName());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private boolean isInstalled() throws IOException {
    Path installed = place.resolve(INSTALLED);
    return Files.exists(installed) && Files.mismatch(installed, source.resolve(LOCK)) == -1;
  }

  /**
   * Runs the tests of a file, and returns when all have ended.
   *
   * @param told each line that they and our reporter print, as it comes
   */
  void test(String file, Map<String, String> environment, Consumer<String> told) {
    try {
      run(environment, told, "node", "--test", "--test-reporter=./reporter.mjs", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a program that the package brings, and returns when it has ended.
   *
   * @param directory where it runs
   * @param told each line that it prints, as it comes
   */
  public void run(Path directory, Consumer<String> told, String program, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(place.resolve("node_modules/.bin").resolve(program).toAbsolutePath().toString());
    line.addAll(List.of(arguments));
    try {
      run(directory, Map.of(), told, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Map<String, String> environment, Consumer<String> told, String... command)
      throws IOException {
    run(place, environment, told, List.of(command));
  }

  private static void run(
      Path directory, Map<String, String> environment, Consumer<String> told, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    Thread reading = Thread.ofVirtual().start(() -> read(process, told));
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      reading.join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void read(Process process, Consumer<String> told) {
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(told);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
