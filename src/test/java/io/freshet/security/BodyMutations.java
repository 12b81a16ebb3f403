package io.freshet.security;

import static io.freshet.security.Mutation.any;
import static io.freshet.security.Mutation.refused;

import io.freshet.platform.Json;
import io.freshet.web.ApiDescription.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be wrong with a body. */
final class BodyMutations {
  private static final int OVER_64_KB = 70_000;

  /** What a record of ours must never take from outside. */
  private static final Map<String, Object> EXTRAS =
      Map.ofEntries(
          Map.entry("role", "administrator"),
          Map.entry("isAdmin", true),
          Map.entry("administrator", true),
          Map.entry("authorId", "1"),
          Map.entry("author", Map.of("id", "1")),
          Map.entry("accountId", "1"),
          Map.entry("createdAt", "2001-01-01T00:00:00Z"),
          Map.entry("likes", 9),
          Map.entry("counts", Map.of("likes", 9)),
          Map.entry("version", 77),
          Map.entry("__proto__", Map.of("a", 1)),
          Map.entry("\u0000", "x"),
          Map.entry("", "x"));

  private static final List<Object> WRONG_TYPES =
      List.of(7, 1.5, true, List.of("a"), List.of(), Map.of("a", "b"), Map.of());

  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "\u0007\u001b[31m",
          "\u202e\uD83D\uDE00\u200b",
          "e\u0301",
          "+1000000-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "0000-00-00",
          "' OR 1=1 --",
          "'; DROP TABLE post; --",
          "{}",
          "${jndi:ldap://x}",
          "../../etc/passwd",
          "\r\nSet-Cookie: a=b",
          "<script>alert(1)</script>",
          "\uFFFF\uFEFF",
          "9223372036854775808",
          "-1",
          "null",
          "x".repeat(999),
          "x".repeat(5_000),
          "\uD83D\uDE00".repeat(1_001));

  private static final List<String> NO_OBJECTS =
      List.of("{", "[]", "null", "7", "\"a\"", "{}{}", "nonsense", "[".repeat(5_000), "\u0000");

  private BodyMutations() {}

  static List<Mutation> all() {
    return Stream.concat(fields().stream(), wholes().stream()).toList();
  }

  private static List<Mutation> fields() {
    return List.of(
        refused("a required field is missing", 400, BodyMutations::withoutRequired),
        any("a field is missing", field((body, name) -> body.without(name))),
        refused("an extra field", 400, object(BodyMutations::extra)),
        refused("a wrong type", 400, BodyMutations::wrongType),
        any("null", field((body, name) -> body.putNull(name))),
        refused("NUL", 400, text(random -> "a\u0000b")),
        refused("half a surrogate pair", 400, BodyMutations::halfSurrogate),
        any("an odd text", text(random -> pick(random, ODD_TEXTS))),
        any("random text", text(BodyMutations::randomText)),
        refused("a huge text", 413, text(random -> "x".repeat(OVER_64_KB))),
        refused("deep nesting", 400, BodyMutations::nested),
        refused("a field twice", 400, BodyMutations::doubled));
  }

  private static List<Mutation> wholes() {
    return List.of(
        refused(
            "no object",
            400,
            (operation, call, random) ->
                json(call).map(body -> call.bytes(bytes(pick(random, NO_OBJECTS))))),
        refused(
            "cut short",
            400,
            (operation, call, random) ->
                json(call).map(body -> call.bytes(cut(call.body(), random)))),
        any(
            "cut, whatever it is",
            (operation, call, random) ->
                call.body().length > 1
                    ? Optional.of(call.bytes(cut(call.body(), random)))
                    : Optional.empty()),
        any("a byte changed", (operation, call, random) -> bent(call, random)),
        refused(
            "broken UTF-8",
            400,
            (operation, call, random) ->
                json(call)
                    .map(body ->
                        call.bytes(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}))),
        refused(
            "no JSON by its type",
            415,
            (operation, call, random) ->
                json(call).map(body -> call.with("Content-Type", pick(random, ODD_TYPES)))),
        refused(
            "without a type",
            415,
            (operation, call, random) -> json(call).map(body -> call.without("Content-Type"))));
  }

  private static final List<String> ODD_TYPES =
      List.of(
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "application/jsonx",
          "application/xml",
          "json",
          "*/*",
          ";",
          "text/html, application/json");

  private static Optional<ObjectNode> json(Call call) {
    boolean isJson = call.headers().contains("Content-Type: application/json");
    return isJson && call.body().length > 0
        ? Optional.of((ObjectNode) Json.MAPPER.readTree(call.body()))
        : Optional.empty();
  }

  private static Mutation.Change object(BiFunction<ObjectNode, Random, JsonNode> change) {
    return (operation, call, random) ->
        json(call).map(body -> call.bytes(Json.bytes(change.apply(body, random))));
  }

  private static Mutation.Change field(BiFunction<ObjectNode, String, JsonNode> change) {
    return (operation, call, random) ->
        json(call)
            .filter(body -> !body.isEmpty())
            .map(body -> call.bytes(Json.bytes(change.apply(body, anyField(body, random)))));
  }

  private static Mutation.Change text(Function<Random, String> text) {
    return (operation, call, random) ->
        json(call)
            .flatMap(body ->
                textField(body, random)
                    .map(name -> call.bytes(Json.bytes(body.put(name, text.apply(random))))));
  }

  private static String anyField(ObjectNode body, Random random) {
    return pick(random, List.copyOf(body.propertyNames()));
  }

  private static Optional<String> textField(ObjectNode body, Random random) {
    List<String> texts =
        body.propertyNames().stream().filter(name -> body.path(name).isString()).toList();
    return texts.isEmpty() ? Optional.empty() : Optional.of(pick(random, texts));
  }

  private static Optional<Call> withoutRequired(Operation operation, Call call, Random random) {
    List<String> required =
        operation.body().path("required").valueStream().map(JsonNode::asString).toList();
    return required.isEmpty()
        ? Optional.empty()
        : json(call).map(body -> call.bytes(Json.bytes(body.without(pick(random, required)))));
  }

  private static JsonNode extra(ObjectNode body, Random random) {
    List<String> names = EXTRAS.keySet().stream().sorted().filter(it -> !body.has(it)).toList();
    String name = pick(random, names);
    body.set(name, Json.MAPPER.valueToTree(EXTRAS.get(name)));
    return body;
  }

  /** A text that is no text; other types are left to the other mutations. */
  private static Optional<Call> wrongType(Operation operation, Call call, Random random) {
    return json(call)
        .flatMap(body ->
            textField(body, random)
                .map(name -> {
                  body.set(name, Json.MAPPER.valueToTree(pick(random, WRONG_TYPES)));
                  return call.bytes(Json.bytes(body));
                }));
  }

  private static Optional<Call> halfSurrogate(Operation operation, Call call, Random random) {
    return json(call)
        .flatMap(body ->
            textField(body, random)
                .map(name -> {
                  body.put(name, "HALF");
                  String half = pick(random, List.of("\\ud800", "\\udc00", "a\\ud83dz"));
                  return call.bytes(bytes(body.toString().replace("HALF", half)));
                }));
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i >= 0; i--) {
      int point = random.nextInt(random.nextBoolean() ? 0x250 : 0x11_0000);
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }

  private static Optional<Call> nested(Operation operation, Call call, Random random) {
    int depth = 1 + random.nextInt(5_000);
    return json(call)
        .flatMap(body ->
            textField(body, random)
                .map(name -> {
                  body.put(name, "DEEP");
                  String deep = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
                  return call.bytes(bytes(body.toString().replace("\"DEEP\"", deep)));
                }));
  }

  private static Optional<Call> doubled(Operation operation, Call call, Random random) {
    return json(call)
        .filter(body -> !body.isEmpty())
        .map(body -> {
          String name = anyField(body, random);
          String again = "{\"" + name + "\":" + body.path(name) + ",";
          return call.bytes(bytes(again + body.toString().substring(1)));
        });
  }

  private static Optional<Call> bent(Call call, Random random) {
    if (call.body().length == 0) {
      return Optional.empty();
    }
    byte[] bent = call.body().clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
    }
    return Optional.of(call.bytes(bent));
  }

  private static byte[] cut(byte[] body, Random random) {
    return java.util.Arrays.copyOf(body, 1 + random.nextInt(body.length - 1));
  }

  static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
