package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testkit.FuzzEntry;
import io.freshet.testkit.FuzzTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  void standsWhatJazzerMakesOfThem(String name) throws IOException, InterruptedException {
    Path folder = FOUND.resolve(FuzzTargets.simple(name));
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    List<byte[]> seeds = FuzzTargets.named(name).seeds();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed-" + i), seeds.get(i));
    }
    Path log = folder.resolve("log.txt");
    Process jazzer =
        new ProcessBuilder(command(name, folder, corpus))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code = jazzer.waitFor();
    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertThat(code).as("%s", end(said)).isZero();
    assertThat(said).as("it has run").contains("DONE").contains("cov:");
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
