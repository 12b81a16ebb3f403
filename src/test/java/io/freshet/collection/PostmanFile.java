package io.freshet.collection;

import io.freshet.collection.Step.Body;
import io.freshet.collection.Story.Chapter;
import io.freshet.platform.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The collection in Postman's format, version 2.1. */
final class PostmanFile {
  private static final String SCHEMA =
      "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

  private PostmanFile() {}

  static String of(List<Chapter> chapters) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.putObject("info").put("name", "Freshet").put("schema", SCHEMA);
    root.putArray("variable")
        .addObject()
        .put("key", "baseUrl")
        .put("value", "http://localhost:8080");
    ArrayNode folders = root.putArray("item");
    for (Chapter chapter : chapters) {
      ArrayNode items = folders.addObject().put("name", chapter.title()).putArray("item");
      chapter.steps().forEach(step -> item(items.addObject(), step));
    }
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void item(ObjectNode item, Step step) {
    item.put("name", step.name());
    ArrayNode lines =
        item.putArray("event")
            .addObject()
            .put("listen", "test")
            .putObject("script")
            .put("type", "text/javascript")
            .putArray("exec");
    test(step).forEach(lines::add);
    ObjectNode request = item.putObject("request").put("method", step.method());
    request.put("url", "{{baseUrl}}" + step.path());
    if (!step.description().isEmpty()) {
      request.put("description", step.description());
    }
    step.token()
        .ifPresentOrElse(
            token -> bearer(request, token), () -> request.putObject("auth").put("type", "noauth"));
    ArrayNode headers = request.putArray("header");
    step.headers()
        .forEach((name, value) -> headers.addObject().put("key", name).put("value", value));
    body(request, headers, step.body());
  }

  private static void bearer(ObjectNode request, String token) {
    request
        .putObject("auth")
        .put("type", "bearer")
        .putArray("bearer")
        .addObject()
        .put("key", "token")
        .put("value", "{{" + token + "}}");
  }

  private static void body(ObjectNode request, ArrayNode headers, Body body) {
    switch (body) {
      case Body.None _ -> {}
      case Body.Json json -> {
        headers.addObject().put("key", "Content-Type").put("value", "application/json");
        request.putObject("body").put("mode", "raw").put("raw", BrunoFiles.pretty(json));
      }
      case Body.Form form -> {
        ArrayNode parts = request.putObject("body").put("mode", "formdata").putArray("formdata");
        parts.addObject().put("key", form.fileField()).put("type", "file").put("src", form.file());
        form.texts()
            .forEach((name, value) ->
                parts.addObject().put("key", name).put("type", "text").put("value", value));
      }
    }
  }

  private static List<String> test(Step step) {
    List<String> lines = new java.util.ArrayList<>();
    String expected =
        step.status()
            .map(code -> "pm.response.to.have.status(" + code + ")")
            .orElse("pm.expect(pm.response.code).to.be.below(500)");
    lines.add(
        "pm.test('"
            + step.status().map(String::valueOf).orElse("no fault")
            + "', () => "
            + expected
            + ");");
    step.keep()
        .forEach((name, place) ->
            lines.add(
                "pm.collectionVariables.set('%s', pm.response.json()%s);"
                    .formatted(name, place.isEmpty() ? "" : "." + place)));
    return lines;
  }
}
