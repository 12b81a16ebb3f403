package io.freshet.collection;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * One call of the collection, complete but for its variables, which stand in texts as {@code
 * {{name}}}.
 *
 * @param operation its id in openapi.yaml
 * @param path with its query
 * @param token the variable that holds it
 * @param keep what later calls need: variable by its place in the answer's JSON
 * @param status the one expected; with none any will do that is not the server's fault
 */
record Step(
    String operation,
    String name,
    String description,
    String method,
    String path,
    Map<String, String> headers,
    Optional<String> token,
    Body body,
    Map<String, String> keep,
    Optional<Integer> status) {

  static final Pattern VARIABLE = Pattern.compile("\\{\\{([$\\w]+)}}");

  /** What is sent. */
  sealed interface Body {
    /** Nothing. */
    record None() implements Body {}

    record Json(JsonNode value) implements Body {}

    /**
     * A form in parts, one of them a file of the collection's.
     *
     * @param texts the other parts
     */
    record Form(String fileField, String file, Map<String, String> texts) implements Body {}
  }

  /** As the name of a file. */
  String slug() {
    return slug(name);
  }

  static String slug(String text) {
    return text.replaceAll("[^A-Za-z0-9]+", " ")
        .strip()
        .replace(' ', '-')
        .toLowerCase(java.util.Locale.ROOT);
  }
}
