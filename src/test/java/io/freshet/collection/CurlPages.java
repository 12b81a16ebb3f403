package io.freshet.collection;

import io.freshet.collection.Step.Body;
import io.freshet.collection.Story.Chapter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;

/** The calls as pages to read: each with curl, in an order that works from top to bottom. */
final class CurlPages {
  private CurlPages() {}

  /** Text by the page's file name. */
  static Map<String, String> of(List<Chapter> chapters) {
    Map<String, String> pages = new TreeMap<>();
    StringBuilder index = new StringBuilder(INTRODUCTION);
    for (Chapter chapter : chapters) {
      String file = chapter.slug() + ".md";
      pages.put(file, page(chapter));
      index.append("\n- [").append(chapter.title()).append("](").append(file).append("): ");
      index.append(String.join(", ", chapter.steps().stream().map(Step::name).distinct().toList()));
    }
    pages.put("README.md", index.append('\n').toString());
    return pages;
  }

  private static final String INTRODUCTION =
      """
      # The API, call by call

      Made from `openapi.yaml`, which has every field, status and limit (`/docs` on a running server shows it), and from the order in
      `src/test/resources/collection/story.yaml`. A test holds these files to both; it also runs all calls. Do not edit them by hand:

          mvn -q test -Dtest=CollectionTest -Dfreshet.collection.write=true

      - `bruno/` is a collection for [Bruno](https://www.usebruno.com): open the folder, choose the environment `local`, run it. Without the
        program: `npx @usebruno/cli run -r --env local` in that folder.
      - `freshet.postman_collection.json` is the same for Postman: import it.
      - The pages below show each call with curl. They need [jq](https://jqlang.org), and go on from one another in this order. Begin with

            url=http://localhost:8080

      """;

  private static String page(Chapter chapter) {
    StringBuilder page = new StringBuilder("# " + chapter.title() + "\n");
    for (Step step : chapter.steps()) {
      page.append("\n## ").append(step.name()).append("\n\n");
      if (!step.description().isEmpty()) {
        page.append(step.description()).append("\n\n");
      }
      page.append("```sh\n").append(command(step)).append("```\n");
    }
    return page.toString();
  }

  static String command(Step step) {
    StringBuilder curl = new StringBuilder("curl -s");
    if (!step.method().equals("GET")) {
      curl.append(" -X ").append(step.method());
    }
    curl.append(" \"$url").append(shell(step.path())).append('"');
    step.token().ifPresent(token -> header(curl, "Authorization", "Bearer $" + token));
    step.headers().forEach((name, value) -> header(curl, name, shell(value)));
    String document = "";
    switch (step.body()) {
      case Body.None _ -> {}
      case Body.Json json -> {
        header(curl, "Content-Type", "application/json");
        curl.append(" -d @- <<JSON");
        document = shell(BrunoFiles.pretty(json)) + "\nJSON\n";
      }
      case Body.Form form -> {
        curl.append(" -F ").append(form.fileField()).append("=@bruno/").append(form.file());
        form.texts()
            .forEach((name, value) ->
                curl.append(" -F \"").append(name).append('=').append(shell(value)).append('"'));
      }
    }
    return kept(step, curl.append('\n').append(document).toString());
  }

  /** The answer is shown, and what later calls need is taken out of it. */
  private static String kept(Step step, String curl) {
    if (step.keep().isEmpty()) {
      return curl;
    }
    StringBuilder text = new StringBuilder("answer=$(").append(curl).append(")\n");
    step.keep()
        .forEach((name, place) ->
            text.append("%s=$(jq -r .%s <<< \"$answer\")\n".formatted(name, place)));
    return text.toString();
  }

  private static void header(StringBuilder curl, String name, String value) {
    curl.append(" \\\n  -H \"").append(name).append(": ").append(value).append('"');
  }

  private static String shell(String text) {
    return Step.VARIABLE
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                switch (found.group(1)) {
                  case "$timestamp" -> "$(date +%s)";
                  case "$guid" -> "$(cat /proc/sys/kernel/random/uuid)";
                  default -> "$" + found.group(1);
                }));
  }
}
