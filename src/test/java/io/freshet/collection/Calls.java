package io.freshet.collection;

import io.freshet.collection.Step.Body;
import io.freshet.platform.Json;
import io.freshet.web.ApiDescription;
import io.freshet.web.ApiDescription.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes complete calls of operations, with what a step of the story says of them, if one does. */
final class Calls {
  private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
  private static final String NOBODY = "nobody";

  /** Calls what the story says nothing of, and may lose all by it. */
  private static final String GUEST = "guest";

  /** What uploads send; it lies beside the collection. */
  static final String PICTURE = "picture.png";

  private final ApiDescription api;
  private final Map<String, String> ids;

  /**
   * @param ids the variable that stands for an id in a path that begins so
   */
  Calls(ApiDescription api, Map<String, String> ids) {
    this.api = api;
    this.ids = ids;
  }

  /** As the story has it. */
  Step told(Operation operation, JsonNode step) {
    return step(operation, step, Optional.of(step.path("status").asInt(status(operation))));
  }

  /** Nobody has said what it needs, so it may be refused. */
  Step byItself(Operation operation) {
    return step(
        operation, Json.MAPPER.createObjectNode().put("as", person(operation)), Optional.empty());
  }

  private Step step(Operation operation, JsonNode step, Optional<Integer> status) {
    return new Step(
        Story.id(operation),
        step.path("name").asString(operation.node().path("summary").asString()),
        operation.node().path("description").asString("").strip(),
        operation.method(),
        path(operation, step.path("path")) + query(operation, step.path("query")),
        texts(step.path("headers")),
        token(operation, step),
        body(operation, step.path("body")),
        texts(step.path("keep")),
        status);
  }

  private static String person(Operation operation) {
    return isOpen(operation) ? NOBODY : GUEST;
  }

  private static boolean isOpen(Operation operation) {
    return operation.node().path("security").isEmpty() && !operation.needsToken();
  }

  private static int status(Operation operation) {
    return operation
        .node()
        .path("responses")
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(status -> status.startsWith("2"))
        .findFirst()
        .map(Integer::parseInt)
        .orElse(200);
  }

  private String path(Operation operation, JsonNode given) {
    if (given.isString()) {
      return given.asString();
    }
    return IN_PATH
        .matcher(operation.path())
        .replaceAll(found ->
            Matcher.quoteReplacement(
                given.path(found.group(1)).asString(usual(operation, found.group(1)))));
  }

  /** The example, where openapi.yaml has one. */
  private String usual(Operation operation, String name) {
    return operation.parameters().stream()
        .filter(parameter -> parameter.path("in").asString().equals("path"))
        .filter(parameter -> parameter.path("name").asString().equals(name))
        .filter(parameter -> parameter.has("example"))
        .findFirst()
        .map(parameter -> parameter.path("example").asString())
        .orElseGet(() -> variable(operation.path()));
  }

  private String variable(String path) {
    return ids.entrySet().stream()
        .filter(entry -> path.startsWith(entry.getKey()))
        .findFirst()
        .map(entry -> "{{" + entry.getValue() + "}}")
        .orElse("1");
  }

  /** What the step says; else what the description needs or shows. */
  private static String query(Operation operation, JsonNode given) {
    Map<String, String> values = texts(given);
    if (given.isMissingNode()) {
      operation.parameters().stream()
          .filter(parameter -> parameter.path("in").asString().equals("query"))
          .filter(parameter -> parameter.has("example") || parameter.path("required").asBoolean())
          .forEach(parameter ->
              values.put(
                  parameter.path("name").asString(), parameter.path("example").asString("1")));
    }
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    values.forEach((name, value) -> query.add(name + "=" + value));
    return query.toString();
  }

  private static Optional<String> token(Operation operation, JsonNode step) {
    String person = step.path("as").asString(isOpen(operation) ? NOBODY : "ada");
    return person.equals(NOBODY) ? Optional.empty() : Optional.of(person + "Token");
  }

  private Body body(Operation operation, JsonNode given) {
    JsonNode content = operation.node().at("/requestBody/content");
    JsonNode form = content.path("multipart/form-data");
    if (!form.isMissingNode()) {
      return form(api.resolve(form.path("schema")), form.path("example"), given);
    }
    JsonNode example = content.path("application/json").path("example");
    if (example.isMissingNode() && given.isMissingNode()) {
      return new Body.None();
    }
    ObjectNode body = Json.MAPPER.createObjectNode();
    example.forEachEntry(body::set);
    given.forEachEntry(body::set);
    return new Body.Json(body);
  }

  private Body form(JsonNode schema, JsonNode example, JsonNode given) {
    String fileField = "file";
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode type = api.resolve(property.getValue());
      if (type.path("format").asString("").equals("binary") || type.has("contentMediaType")) {
        fileField = property.getKey();
      }
    }
    Map<String, String> parts = texts(example);
    parts.putAll(texts(given));
    parts.remove(fileField);
    return new Body.Form(fileField, PICTURE, parts);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.forEachEntry((name, value) -> texts.put(name, value.asString()));
    return texts;
  }
}
