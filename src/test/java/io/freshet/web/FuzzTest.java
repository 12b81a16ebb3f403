package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.freshet.account.Access;
import io.freshet.account.AccountId;
import io.freshet.platform.Database;
import io.freshet.platform.Json;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.ApiDescription.Operation;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every operation of our description, called with a valid example and then with that example and
 * one thing wrong: never a fault, always an answer that the description knows, and every refusal a
 * problem.
 */
class FuzzTest {
  private static final ApiDescription API = ApiDescription.ours();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final List<String> IDS =
      List.of(
          "0",
          "-1",
          "abc",
          "1e5",
          "99999999999999999999",
          "%00",
          "%C3%A9",
          "12345",
          "..%2f",
          "null");
  private static final List<Object> WRONG_TYPES =
      List.of(7, 1.5, true, List.of("a"), Map.of("a", "b"), Optional.empty());
  private static final Map<String, Object> EXTRAS =
      Map.of(
          "role",
          "administrator",
          "authorId",
          "1",
          "createdAt",
          "2001-01-01T00:00:00Z",
          "likes",
          9,
          "\u0000",
          "x");

  private static Database database;
  private static TestSite site;
  private static Person caller;
  private static Person other;
  private static int handles;

  @BeforeAll
  static void start() {
    database = TestDatabase.open();
    site = TestSite.on(database);
    caller = site.person("Caller");
    other = site.person("Other");
  }

  @AfterAll
  static void stop() {
    site.close();
    database.close();
  }

  @TestFactory
  Stream<DynamicTest> survives() {
    return API.operations().stream()
        .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> fuzz(operation)));
  }

  private static void fuzz(Operation operation) {
    if (operation.name().equals("POST /api/v1/media")) {
      FuzzMedia.forms(site, caller);
      return;
    }
    Answer valid = call(operation, client(operation), address(operation), body(operation));
    assertThat(valid.status()).as("the valid example: %s", valid.body()).isBetween(200, 299);
    fuzzTokens(operation);
    fuzzPath(operation);
    fuzzQuery(operation);
    if (operation.body().has("properties")) {
      fuzzFields(operation);
      fuzzWholeBody(operation);
    }
  }

  private static void fuzzTokens(Operation operation) {
    String expired =
        site.site().signIns().tokens().issue(Access.of(caller.id()), Duration.ofSeconds(-1));
    for (String token : List.of("", "nonsense", expired, caller.token() + "x")) {
      TestClient client = TestClient.to(site.port());
      Answer answer =
          call(
              operation,
              token.isEmpty() ? client : client.as(token),
              address(operation),
              body(operation));
      if (operation.needsToken()) {
        assertThat(answer.status()).as("token '%s'", token).isEqualTo(401);
      }
    }
    TestClient ghost =
        TestClient.to(site.port()).as(site.site().signIns().tokens().issue(new AccountId(77)));
    call(operation, ghost, address(operation), body(operation));
  }

  private static void fuzzPath(Operation operation) {
    if (operation.path().contains("{")) {
      for (String id : IDS) {
        String path = operation.path().replaceAll("\\{\\w+}", id);
        Answer answer = call(operation, client(operation), path, body(operation));
        assertThat(answer.status())
            .as(id)
            .isIn(id.equals("12345") ? List.of(200, 204, 400, 404) : List.of(400, 404));
      }
      String foreign = operation.path().replaceAll("\\{\\w+}", post(other));
      call(operation, client(operation), foreign, body(operation));
    }
  }

  private static void fuzzQuery(Operation operation) {
    for (JsonNode parameter : operation.parameters()) {
      if (parameter.path("in").asString().equals("query")) {
        String name = parameter.path("name").asString();
        for (String value :
            List.of(
                "",
                "0",
                "-1",
                "101",
                "x",
                "%00",
                "%ff",
                "1e9",
                "9".repeat(300),
                "a&" + name + "=b")) {
          String path = address(operation).replaceFirst("\\?.*", "");
          call(operation, client(operation), path + "?" + name + "=" + value, body(operation));
        }
      }
    }
  }

  private static void fuzzFields(Operation operation) {
    ObjectNode valid = (ObjectNode) Json.MAPPER.readTree(body(operation).orElseThrow());
    for (String field : valid.propertyNames()) {
      boolean required =
          Json.bytes(operation.body().path("required")).length > 2
              && operation
                  .body()
                  .path("required")
                  .valueStream()
                  .anyMatch(it -> it.asString().equals(field));
      ObjectNode without = valid.deepCopy().without(field);
      expect(operation, without, required ? List.of(400) : List.of(200, 201, 204, 409));
      for (Object wrong : WRONG_TYPES) {
        boolean allowed =
            wrong instanceof Optional
                && operation.body().at("/properties/" + field + "/type").isArray();
        expect(
            operation,
            with(valid, field, wrong),
            allowed ? List.of(200, 201, 204, 409) : List.of(400));
      }
      expect(operation, with(valid, field, "a\u0000b"), List.of(400, 401, 404));
      for (String odd :
          List.of(
              "",
              " ",
              "\u0007\u001b",
              "\u202e\uD83D\uDE00",
              "+1000000-01-01T00:00:00Z",
              "9999-12-31T23:59:59Z",
              "x".repeat(5_000),
              "' OR 1=1 --",
              "{}")) {
        expect(operation, with(valid, field, odd), List.of(200, 201, 204, 400, 401, 404, 409));
      }
      expect(operation, with(valid, field, "x".repeat(70_000)), List.of(413));
    }
    EXTRAS.forEach((field, value) -> expect(operation, with(valid, field, value), List.of(400)));
  }

  private static void fuzzWholeBody(Operation operation) {
    byte[] invalidUtf8 = {'{', '"', (byte) 0xC3, '"', ':', '1', '}'};
    for (byte[] bytes :
        List.of(
            bytes(""),
            bytes("{"),
            bytes("[]"),
            bytes("null"),
            bytes("7"),
            bytes("\"a\""),
            bytes("[".repeat(5_000)),
            invalidUtf8)) {
      // A body that may be left out may also be empty.
      List<Integer> statuses = bytes.length == 0 ? List.of(204, 400, 415) : List.of(400);
      assertThat(
              call(operation, client(operation), address(operation), Optional.of(bytes)).status())
          .as(new String(bytes, StandardCharsets.UTF_8))
          .isIn(statuses);
    }
    Answer form =
        call(
            operation,
            client(operation).with("Content-Type", "text/plain"),
            address(operation),
            body(operation));
    assertThat(form.status()).isEqualTo(415);
  }

  private static void expect(Operation operation, ObjectNode body, List<Integer> statuses) {
    Answer answer =
        call(operation, client(operation), address(operation), Optional.of(Json.bytes(body)));
    String sent = body.toString();
    assertThat(answer.status())
        .as("%s -> %s", sent.substring(0, Math.min(200, sent.length())), answer.body())
        .isIn(statuses);
  }

  private static ObjectNode with(ObjectNode valid, String field, Object value) {
    ObjectNode changed = valid.deepCopy();
    changed.set(field, Json.MAPPER.valueToTree(value));
    return changed;
  }

  /** Calls, and checks what holds for every answer. */
  private static Answer call(
      Operation operation, TestClient client, String path, Optional<byte[]> body) {
    Answer answer =
        body.map(bytes -> client.json(operation.method(), path, bytes))
            .orElseGet(() -> client.send(operation.method(), path, BodyPublishers.noBody()));
    String what = operation.method() + " " + path + " -> " + answer.status() + " " + answer.body();
    assertThat(answer.status()).as(what).isLessThan(500);
    if (answer.header("X-Request-Id").isEmpty()) {
      // Refused before any route: what cannot be read as an address at all.
      assertThat(answer.status()).as(what).isEqualTo(400);
      return answer;
    }
    if (answer.body().contains("urn:freshet:problem:no-such-address")) {
      // The id led out of the operation: nothing of it was reached.
      assertThat(answer.status()).as(what).isEqualTo(404);
      return answer;
    }
    assertThat(operation.node().path("responses").has(String.valueOf(answer.status())))
        .as("described: %s", what)
        .isTrue();
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    checkBody(operation, answer, what);
    return answer;
  }

  private static void checkBody(Operation operation, Answer answer, String what) {
    String type = answer.status() >= 400 ? "application/problem+json" : "application/json";
    JsonNode content = API.response(operation, answer.status()).path("content");
    if (content.has(type)) {
      assertThat(answer.header("Content-Type")).as(what).isEqualTo(type);
      JsonNode schema = API.standalone(content.path(type).path("schema"));
      assertThat(SCHEMAS.getSchema(schema).validate(answer.json())).as(what).isEmpty();
    } else if (content.isMissingNode()) {
      assertThat(answer.body()).as(what).isEmpty();
    }
  }

  private static TestClient client(Operation operation) {
    TestClient client = TestClient.to(site.port());
    return operation.needsToken() ? client.as(caller.token()) : client;
  }

  private static String address(Operation operation) {
    String id = operation.path().matches(".*/posts?/.*") ? post(caller) : other.id().toString();
    if (operation.path().contains("/media/")) {
      id = FuzzMedia.address(site, caller, operation.path().contains("{name}"));
    }
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.parameters()) {
      if (parameter.has("example") && parameter.path("in").asString().equals("query")) {
        query.add(parameter.path("name").asString() + "=" + parameter.path("example").asString());
      }
    }
    String path = operation.path().replaceAll("\\{\\w+}", id);
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private static String post(Person author) {
    return site.site()
        .posts()
        .publish(author.id(), "a post", Optional.empty())
        .post()
        .id()
        .toString();
  }

  private static Optional<byte[]> body(Operation operation) {
    if (!operation.body().has("properties")) {
      return Optional.empty();
    }
    ObjectNode body = Json.MAPPER.createObjectNode();
    for (String field : operation.body().path("properties").propertyNames()) {
      if (!field.equals("media")) {
        body.put(field, value(operation, field));
      }
    }
    return Optional.of(Json.bytes(body));
  }

  private static String value(Operation operation, String field) {
    return switch (field) {
      case "handle" ->
          operation.path().endsWith("/sessions") ? callersHandle() : "fuzz_" + handles++;
      case "password" -> TestSite.PASSWORD;
      case "birthdate" -> "1990-01-31";
      case "until" -> "2030-01-01T00:00:00Z";
      case "user_id" -> other.id().toString();
      case "id" -> operation.path().equals("/login") ? caller.id().toString() : post(caller);
      default -> "some text";
    };
  }

  private static String callersHandle() {
    return site.site().accounts().find(caller.id()).orElseThrow().handle();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
