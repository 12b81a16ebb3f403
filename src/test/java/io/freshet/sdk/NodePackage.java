package io.freshet.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The package of {@code src/test/js}, copied to {@code target/js} with what it depends on: npm
 * installs that once for each lock file, from its cache if it can. Needs node and npm on the path.
 * Not thread-safe.
 */
final class NodePackage {
  private static final Path SOURCE = Path.of("src/test/js");
  private static final Path PLACE = Path.of("target/js");
  private static final String LOCK = "package-lock.json";

  /** Written when all is there: an installation that was broken off is begun anew. */
  private static final String INSTALLED = "node_modules/installed-lock.json";

  private static final long MINUTES = 5;

  private NodePackage() {}

  /** Copies and installs it. */
  static NodePackage ready() {
    try {
      copy();
      if (!isInstalled()) {
        List<String> said = new ArrayList<>();
        run(Map.of(), said::add, "npm", "ci", "--ignore-scripts", "--prefer-offline");
        if (!Files.isDirectory(PLACE.resolve("node_modules"))) {
          throw new IllegalStateException("npm ci failed: " + String.join("\n", said));
        }
        Files.copy(SOURCE.resolve(LOCK), PLACE.resolve(INSTALLED));
      }
      return new NodePackage();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The tests of centrifuge-js need nodejs and npm; ./check installs them", e);
    }
  }

  private static void copy() throws IOException {
    Files.createDirectories(PLACE);
    try (Stream<Path> files = Files.list(SOURCE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = PLACE.resolve(file.getFileName());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isInstalled() throws IOException {
    Path installed = PLACE.resolve(INSTALLED);
    return Files.exists(installed) && Files.mismatch(installed, SOURCE.resolve(LOCK)) == -1;
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

  private static void run(Map<String, String> environment, Consumer<String> told, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(PLACE.toFile()).redirectErrorStream(true);
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
