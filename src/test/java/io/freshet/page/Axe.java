package io.freshet.page;

import com.microsoft.playwright.Page;
import io.freshet.platform.Json;
import io.freshet.sdk.NodePackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * axe-core, which finds what keeps people with disabilities out: WCAG 2.2 A and AA as far as a
 * program can see it, and its makers' own advice. It comes into the page through the debugger,
 * which no content security policy concerns.
 */
final class Axe {
  private static final List<String> SERIOUS = List.of("serious", "critical");

  private static final String RUN =
      """
      async () => JSON.stringify((await axe.run(document, {
        resultTypes: ['violations'],
        rules: { 'target-size': { enabled: true } },
      })).violations)
      """;

  private Axe() {}

  /** Violations of impact serious or critical, each with the elements that it is about. */
  static List<String> violations(Page page) {
    page.evaluate(Source.TEXT);
    return Json.MAPPER
        .readTree((String) page.evaluate(RUN))
        .valueStream()
        .filter(it -> SERIOUS.contains(it.path("impact").asString("")))
        .map(Axe::told)
        .toList();
  }

  private static String told(JsonNode violation) {
    String elements =
        violation
            .path("nodes")
            .valueStream()
            .map(it -> "    " + it.path("target") + " " + it.path("html").asString(""))
            .collect(Collectors.joining("\n"));
    return "%s: %s (%s)%n%s"
        .formatted(
            violation.path("impact").asString(""),
            violation.path("help").asString(""),
            violation.path("id").asString(""),
            elements);
  }

  /** Read at first use. */
  private static final class Source {
    static final String TEXT = read();

    private static String read() {
      try {
        return Files.readString(
            NodePackage.ready("page").directory().resolve("node_modules/axe-core/axe.min.js"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
