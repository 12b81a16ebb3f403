package io.freshet.collection;

import io.freshet.collection.Step.Body;
import io.freshet.collection.Story.Chapter;
import io.freshet.platform.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The collection in Bruno's own files, one for each call, one folder for each chapter. */
final class BrunoFiles {
  private BrunoFiles() {}

  /** Text by path within the collection. */
  static Map<String, String> of(List<Chapter> chapters) {
    Map<String, String> files = new TreeMap<>();
    files.put(
        "bruno.json",
        """
        {
          "version": "1",
          "name": "Freshet",
          "type": "collection"
        }
        """);
    files.put("environments/local.bru", "vars {\n  baseUrl: http://localhost:8080\n}\n");
    for (int c = 0; c < chapters.size(); c++) {
      Chapter chapter = chapters.get(c);
      String folder = "%02d-%s/".formatted(c + 1, chapter.slug());
      files.put(
          folder + "folder.bru", block("meta", "name: " + chapter.title(), "seq: " + (c + 1)));
      for (int s = 0; s < chapter.steps().size(); s++) {
        Step step = chapter.steps().get(s);
        files.put(folder + "%02d-%s.bru".formatted(s + 1, step.slug()), request(step, s + 1));
      }
    }
    return files;
  }

  private static String request(Step step, int number) {
    StringBuilder text = new StringBuilder();
    text.append(block("meta", "name: " + step.name(), "type: http", "seq: " + number));
    text.append('\n')
        .append(
            block(
                step.method().toLowerCase(java.util.Locale.ROOT),
                "url: {{baseUrl}}" + step.path(),
                "body: " + kind(step.body()),
                "auth: " + (step.token().isPresent() ? "bearer" : "none")));
    section(text, "headers", step.headers());
    step.token()
        .ifPresent(token -> section(text, "auth:bearer", Map.of("token", "{{" + token + "}}")));
    body(text, step.body());
    section(text, "vars:post-response", answered(step.keep()));
    String status = step.status().map(code -> "eq " + code).orElse("lt 500");
    section(text, "assert", Map.of("res.status", status));
    if (!step.description().isEmpty()) {
      text.append('\n').append(verbatim("docs", step.description()));
    }
    return text.toString();
  }

  private static String kind(Body body) {
    return switch (body) {
      case Body.None _ -> "none";
      case Body.Json _ -> "json";
      case Body.Form _ -> "multipartForm";
    };
  }

  private static void body(StringBuilder text, Body body) {
    switch (body) {
      case Body.None _ -> {}
      case Body.Json json -> text.append('\n').append(verbatim("body:json", pretty(json)));
      case Body.Form form -> {
        Map<String, String> parts = new TreeMap<>(form.texts());
        parts.put(form.fileField(), "@file(" + form.file() + ")");
        section(text, "body:multipart-form", parts);
      }
    }
  }

  static String pretty(Body.Json json) {
    return Json.MAPPER
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(json.value())
        .replace("\r", "");
  }

  private static Map<String, String> answered(Map<String, String> keep) {
    Map<String, String> places = new TreeMap<>();
    keep.forEach(
        (name, place) -> places.put(name, place.isEmpty() ? "res.body" : "res.body." + place));
    return places;
  }

  private static void section(StringBuilder text, String name, Map<String, String> entries) {
    if (!entries.isEmpty()) {
      text.append('\n')
          .append(
              block(
                  name,
                  entries.entrySet().stream()
                      .map(entry -> entry.getKey() + ": " + entry.getValue())
                      .toArray(String[]::new)));
    }
  }

  private static String block(String name, String... lines) {
    return verbatim(name, String.join("\n", lines));
  }

  private static String verbatim(String name, String text) {
    return name
        + " {\n"
        + text.lines()
            .map(line -> line.isBlank() ? "\n" : "  " + line + "\n")
            .collect(Collectors.joining())
        + "}\n";
  }
}
