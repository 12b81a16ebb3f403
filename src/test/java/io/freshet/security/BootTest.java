package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.ConfigSource;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Home;
import io.freshet.platform.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server refuses to start with, and where it takes its secrets from. */
class BootTest {
  private static final Pattern EXAMPLE = Pattern.compile("FRESHET_SECRET[=:] *[\"']?([\\w-]{32,})");

  @TempDir private Path folder = Path.of("");

  private FreshetConfig config(Map<String, String> environment) {
    Map<String, String> whole = new HashMap<>(environment);
    whole.put("FRESHET_HOME", folder.toString());
    return FreshetConfig.load(whole, Map.of());
  }

  private static String secret(FreshetConfig config) {
    return config.home().secret(config.token());
  }

  /** Also those of files that are written later. */
  @Test
  void refusesEverySecretThatStandsInAnExample() throws IOException {
    List<String> examples;
    try (Stream<Path> files = Stream.of("deploy", "docs", "README.md").flatMap(BootTest::below)) {
      examples =
          files
              .flatMap(BootTest::lines)
              .flatMap(line -> EXAMPLE.matcher(line).results().map(found -> found.group(1)))
              .toList();
    }
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      assertThatThrownBy(() -> secret(config(Map.of("FRESHET_SECRET", example))))
          .as(example)
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("one of the examples");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000000000000000000000000000",
        "abababababababababababababababababab",
        "secretsecretsecret" + "secretsecretsecret"
      })
  void refusesSecretsThatAreNone(String secret) {
    assertThatThrownBy(() -> secret(config(Map.of("FRESHET_SECRET", secret))))
        .isInstanceOf(OperatorException.class);
  }

  @Test
  void takesASecretOfOnesOwn() {
    String own = "4f1c0a9e7b3d5826f1e0c9b8a7d6e5f4";
    assertThat(secret(config(Map.of("FRESHET_SECRET", own)))).isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DATABASE_URL", "FRESHET_DATABASE_URL"})
  void takesSecretsFromFiles(String name) throws IOException {
    Path file = Files.writeString(folder.resolve("address"), "postgres://me:hush@h:5/d\n");
    ConfigSource source =
        FreshetConfig.source(
            Map.of("FRESHET_HOME", folder.toString(), name + "_FILE", file.toString()), Map.of());
    FreshetConfig config = FreshetConfig.load(source);
    assertThat(config.database().url()).isPresent();
    assertThat(source.entries())
        .filteredOn(entry -> entry.key().equals("database.url"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.origin()).isEqualTo(name + "_FILE"))
        .satisfies(entry -> assertThat(entry.shown()).doesNotContain("hush"));
  }

  @Test
  void saysWhichFileOfASecretCannotBeRead() {
    Map<String, String> environment = Map.of("REDIS_URL_FILE", folder.resolve("none").toString());
    assertThatThrownBy(() -> config(environment))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("REDIS_URL_FILE names the file");
  }

  @Test
  void keepsItsHomeToItself() throws IOException {
    FreshetConfig config = config(Map.of());
    try (Home.Lock lock = config.home().lock()) {
      assertThat(lock).isNotNull();
      assertThat(secret(config)).hasSizeGreaterThanOrEqualTo(64);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.filter(file -> file.endsWith("secret")))
            .singleElement()
            .satisfies(file ->
                assertThat(Files.getPosixFilePermissions(file).toString())
                    .doesNotContain("GROUP", "OTHERS"));
      }
    }
  }

  private static Stream<Path> below(String name) {
    try (Stream<Path> found = Files.walk(Path.of(name))) {
      return found.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
          .lines();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
