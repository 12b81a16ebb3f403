package io.freshet.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testkit.FuzzEntry;
import io.freshet.testkit.FuzzTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers of what strangers send, under Jazzer: it changes inputs guided by what they cover, in a
 * process of its own, for {@code freshet.fuzz.seconds} each ({@code ./check --fuzz MINUTES}: for
 * longer). What it finds is left in {@code target/fuzz}; put it into {@code
 * src/test/resources/fuzz/<target>} and it is tried in every build.
 */
class JazzerTest {
  private static final int SECONDS = Integer.getInteger("freshet.fuzz.seconds", 2);
  private static final Path FOUND = Path.of("target", "fuzz").toAbsolutePath();
  private static final Path ONCE_FAILED = Path.of("src", "test", "resources", "fuzz");
  private static final int SHOWN = 4_000;
  private static final Map<String, Future<Integer>> RUNS = new HashMap<>();

  static Stream<String> targets() {
    return FuzzTargets.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void takesItsSeedsAndWhatOnceFailed(String name) throws IOException {
    FuzzTarget target = FuzzTargets.named(name);
    assertThat(target.seeds()).isNotEmpty();
    target.seeds().forEach(target::take);
    Path folder = ONCE_FAILED.resolve(FuzzTargets.simple(name));
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inputs = Files.list(folder)) {
        for (Path input : inputs.toList()) {
          target.take(Files.readAllBytes(input));
        }
      }
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("targets")
  void standsWhatJazzerMakesOfThem(String name)
      throws IOException, InterruptedException, ExecutionException {
    int code = runOf(name).get();
    String said = Files.readString(log(name), StandardCharsets.ISO_8859_1);
    assertThat(code).as("%s", end(said)).isZero();
    assertThat(said).as("it has run").contains("DONE").contains("cov:");
  }

  /** The exit code of a target's process: two go at a time, from when the first is asked for. */
  private static synchronized Future<Integer> runOf(String name) {
    if (RUNS.isEmpty()) {
      ExecutorService two = Executors.newFixedThreadPool(2);
      targets().forEach(target -> RUNS.put(target, two.submit(() -> run(target))));
      two.shutdown();
    }
    return requireNonNull(RUNS.get(name));
  }

  private static int run(String name) throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(folder(name).resolve("corpus"));
    List<byte[]> seeds = FuzzTargets.named(name).seeds();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed-" + i), seeds.get(i));
    }
    return new ProcessBuilder(command(name, folder(name), corpus))
        .redirectErrorStream(true)
        .redirectOutput(log(name).toFile())
        .start()
        .waitFor();
  }

  private static Path folder(String name) {
    return FOUND.resolve(FuzzTargets.simple(name));
  }

  private static Path log(String name) {
    return folder(name).resolve("log.txt");
  }

  private static List<String> command(String name, Path folder, Path corpus) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-D" + FuzzEntry.TARGET + "=" + name));
    line.add("-cp");
    line.add(
        Optional.ofNullable(System.getProperty("surefire.real.class.path"))
            .orElse(System.getProperty("java.class.path")));
    line.add("com.code_intelligence.jazzer.Jazzer");
    line.addAll(
        List.of(
            "--target_class=" + FuzzEntry.class.getName(),
            "--instrumentation_includes=io.freshet.**",
            "--instrumentation_excludes=io.freshet.live.protocol.**",
            // To hook every class of the JDK and the libraries takes longer than to fuzz.
            "--custom_hook_includes=io.freshet.**",
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + folder + "/",
            "-max_total_time=" + SECONDS,
            "-rss_limit_mb=3000",
            "-timeout=60",
            "-print_final_stats=1",
            corpus.toString()));
    return line;
  }

  private static String end(String said) {
    return said.substring(Math.max(0, said.length() - SHOWN));
  }
}
