package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts and the balancer's configuration, seen by the programs that read them. */
class DeploymentScriptsTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void bashReadsEveryScript() throws Exception {
    for (Path script : scripts()) {
      assertThat(said(List.of("bash", "-n", script.toString()))).isEqualTo("0 ");
    }
  }

  @Test
  void shellcheckFindsNothing() throws Exception {
    List<String> command = new ArrayList<>(List.of("shellcheck", "-x"));
    scripts().forEach(script -> command.add(script.toString()));
    assertThat(said(command)).isEqualTo("0 ");
  }

  @Test
  void nginxReadsTheBalancersConfiguration() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("nginx.conf"), Balancer.configuration(directory, 1, 2, 3));
    assertThat(said(List.of("nginx", "-t", "-e", "/dev/null", "-c", file.toString())))
        .startsWith("0 ");
  }

  @Test
  void makesPasswordsOnceForTheirOwnerOnly() throws Exception {
    for (String file : List.of("make-env", ".env.example")) {
      Files.copy(Path.of("deploy", file), directory.resolve(file));
    }
    List<String> command = List.of("bash", directory.resolve("make-env").toString());
    assertThat(said(command)).startsWith("0 ");
    Path made = directory.resolve(".env");
    String first = Files.readString(made);
    assertThat(first).doesNotContain("=generate").containsPattern("FRESHET_SECRET=[0-9a-f]{48}\n");
    assertThat(Files.getPosixFilePermissions(made))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(said(command)).startsWith("1 ").contains("there already");
    assertThat(Files.readString(made)).isEqualTo(first);
  }

  private static List<Path> scripts() throws IOException {
    List<Path> scripts =
        new ArrayList<>(List.of(Path.of("freshet"), Path.of("check"), Path.of(".mvn/page.sh")));
    try (Stream<Path> files = Files.walk(Path.of("deploy"))) {
      files
          .filter(Files::isRegularFile)
          .filter(DeploymentScriptsTest::isScript)
          .forEach(scripts::add);
    }
    assertThat(scripts).hasSizeGreaterThan(5);
    return scripts;
  }

  private static boolean isScript(Path file) {
    try {
      return Files.readString(file).startsWith("#!");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String said(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", ":/usr/sbin", String::concat);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + said;
  }
}
