package io.freshet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.freshet.platform.Json;
import io.freshet.web.TestClient;
import io.freshet.web.TestClient.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The course's file, used as judge: each call through here is checked against it, request and
 * answer, and remembered.
 */
final class OtusContract {
  static final Path FILE = Path.of("..", "shared", "contracts", "otus-openapi.json");

  private static final Set<Integer> HTTP_ITSELF = Set.of(405, 413, 415);

  private final JsonNode root;
  private final SchemaRegistry schemas = SchemaRegistry.withDialect(Dialects.getOpenApi30());
  private final Set<String> driven = new TreeSet<>();

  private OtusContract(JsonNode root) {
    this.root = root;
  }

  static OtusContract read() throws IOException {
    return new OtusContract(Json.MAPPER.readTree(Files.readAllBytes(FILE)));
  }

  /** All operations of the file, as "put /friend/set/{user_id}". */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    root.path("paths")
        .forEachEntry((path, item) ->
            item.propertyNames().forEach(method -> operations.add(method + " " + path)));
    return operations;
  }

  /** Those that have been answered with 200. */
  Set<String> driven() {
    return driven;
  }

  /** Calls with a request that the contract allows. */
  Answer call(
      TestClient client,
      String operation,
      Optional<String> id,
      String query,
      Optional<Object> body) {
    body.ifPresent(value ->
        assertThat(errors(requestSchema(operation), Json.MAPPER.valueToTree(value))).isEmpty());
    return callWithAnything(client, operation, id, query, body);
  }

  /**
   * Calls with a request that the contract may forbid; the answer must be one that it knows all the
   * same.
   */
  Answer callWithAnything(
      TestClient client,
      String operation,
      Optional<String> id,
      String query,
      Optional<Object> body) {
    String method = operation.substring(0, operation.indexOf(' ')).toUpperCase(Locale.ROOT);
    String template = operation.substring(operation.indexOf(' ') + 1);
    String path = template.replaceAll("\\{\\w+}", id.orElse("")) + query;
    Answer answer =
        body.map(value -> client.json(method, path, value))
            .orElseGet(() -> client.send(method, path, BodyPublishers.noBody()));
    check(operation, answer);
    return answer;
  }

  private void check(String operation, Answer answer) {
    String what = operation + " -> " + answer.status() + " " + answer.body();
    JsonNode responses = node(operation).path("responses");
    assertThat(answer.status()).as(what).isNotEqualTo(403);
    if (HTTP_ITSELF.contains(answer.status())) {
      return;
    }
    assertThat(responses.has(String.valueOf(answer.status())))
        .as("known to the contract: %s", what)
        .isTrue();
    JsonNode schema =
        resolve(responses.path(String.valueOf(answer.status())))
            .at("/content/application~1json/schema");
    if (!schema.isMissingNode()) {
      assertThat(answer.header("Content-Type")).as(what).isEqualTo("application/json");
      assertThat(errors(schema, answer.json())).as(what).isEmpty();
    }
    if (answer.status() == 200) {
      driven.add(operation);
    }
  }

  private JsonNode node(String operation) {
    String[] parts = operation.split(" ", 2);
    JsonNode node = root.path("paths").path(parts[1]).path(parts[0]);
    assertThat(node.isObject()).as("the contract has %s", operation).isTrue();
    return node;
  }

  private JsonNode requestSchema(String operation) {
    return node(operation).at("/requestBody/content/application~1json/schema");
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? resolve(root.at(node.path("$ref").asString().substring(1))) : node;
  }

  private List<String> errors(JsonNode schema, JsonNode value) {
    ObjectNode alone = Json.MAPPER.createObjectNode();
    schema.forEachEntry(alone::set);
    alone.set("components", root.path("components"));
    return schemas.getSchema(alone).validate(value).stream().map(Object::toString).toList();
  }
}
