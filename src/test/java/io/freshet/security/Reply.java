package io.freshet.security;

import io.freshet.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An answer, read whole.
 *
 * @param headers by their names in lower case
 */
record Reply(int status, Map<String, List<String>> headers, byte[] bytes) {
  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).getFirst();
  }

  boolean has(String name) {
    return headers.containsKey(name.toLowerCase(Locale.ROOT));
  }

  String body() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  JsonNode json() {
    return Json.MAPPER.readTree(bytes);
  }

  boolean isGood() {
    return status >= 200 && status < 300;
  }

  /** The content type without its parameters. */
  String type() {
    return header("Content-Type").split(";", 2)[0].strip();
  }

  @Override
  public String toString() {
    String text = body();
    return status + " " + text.substring(0, Math.min(400, text.length()));
  }
}
