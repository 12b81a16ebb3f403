package io.freshet.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.collection.Story.Chapter;
import io.freshet.platform.Json;
import io.freshet.sdk.NodePackage;
import io.freshet.web.TestSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The collection and the commands of the pages, run as they are against a server. */
@Tag("slow")
class CollectionRunTest {
  private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final long MINUTES = 2;

  @AutoClose private static final TestSite SITE = TestSite.open();

  @Test
  void runsInBrunoFromTheFirstCallToTheLast(@TempDir Path place) throws IOException {
    Path report = place.resolve("report.json");
    List<String> said = new ArrayList<>();
    NodePackage.ready("bruno")
        .run(
            Path.of("docs/api/bruno"),
            said::add,
            "bru",
            "run",
            "-r",
            "--env",
            "local",
            "--env-var",
            "baseUrl=http://127.0.0.1:" + SITE.port(),
            "--reporter-json",
            report.toString());
    assertThat(report).as(String.join("\n", said)).exists();
    JsonNode results = Json.MAPPER.readTree(Files.readAllBytes(report)).path(0).path("results");
    assertThat(results)
        .as("calls that were made")
        .hasSize(
            Story.ours().chapters().stream().mapToInt(chapter -> chapter.steps().size()).sum());
    assertThat(results.valueStream().flatMap(CollectionRunTest::trouble))
        .as(String.join("\n", said))
        .isEmpty();
  }

  private static Stream<String> trouble(JsonNode result) {
    Stream<String> failed =
        result
            .path("assertionResults")
            .valueStream()
            .filter(assertion -> !assertion.path("status").asString("").equals("pass"))
            .map(assertion -> assertion.path("error").asString("fails"));
    Stream<String> unsaid =
        result.path("assertionResults").isEmpty() ? Stream.of("asserts nothing") : Stream.of();
    return Stream.concat(failed, unsaid)
        .map(what ->
            result.at("/test/filename").asString("")
                + ": "
                + what
                + ": "
                + result.path("response").path("data"));
  }

  @Test
  void runsWithCurlAsThePagesShowIt(@TempDir Path place) throws Exception {
    Path script = place.resolve("pages.sh");
    String commands =
        Story.ours().chapters().stream()
            .map(CollectionRunTest::commands)
            .collect(Collectors.joining());
    Files.writeString(
        script, "set -euo pipefail\nurl=http://127.0.0.1:" + SITE.port() + "\n" + commands);
    Process bash =
        new ProcessBuilder("bash", script.toString())
            .directory(Path.of("docs/api").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(bash.exitValue()).as(said).isZero();
  }

  /** Of the committed page; what nobody has said the needs of may be refused. */
  private static String commands(Chapter chapter) {
    try {
      StringBuilder commands = new StringBuilder();
      Matcher found =
          COMMANDS.matcher(Files.readString(Path.of("docs/api", chapter.slug() + ".md")));
      for (Step step : chapter.steps()) {
        assertThat(found.find()).as(step.name()).isTrue();
        String fail =
            step.status().filter(status -> status < 400).isPresent() ? "curl -f -s" : "curl -s";
        commands
            .append("echo; echo '== ")
            .append(step.slug())
            .append("' >&2\n")
            .append(found.group(1).replace("curl -s", fail));
      }
      return commands.toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
