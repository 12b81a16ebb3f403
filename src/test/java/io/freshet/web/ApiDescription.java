package io.freshet.web;

import io.freshet.platform.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Our OpenAPI file, read for tests: its operations with every reference resolved, and its schemas.
 */
public final class ApiDescription {
  /** One operation; {@code body} is the schema of its JSON body, missing if it takes none. */
  public record Operation(
      String method, String path, JsonNode node, List<JsonNode> parameters, JsonNode body) {
    public String name() {
      return method + " " + path;
    }

    public String id() {
      return node.path("operationId").asString("");
    }

    public boolean needsToken() {
      return !node.has("security");
    }

    /** Whether it looks at a token at all, needed or not. */
    public boolean readsTokens() {
      return needsToken() || !node.path("security").isEmpty();
    }

    /** Its parameters of one place: path, query or header. */
    public List<JsonNode> parametersIn(String place) {
      return parameters.stream().filter(it -> it.path("in").asString().equals(place)).toList();
    }
  }

  private final JsonNode root;

  private ApiDescription(JsonNode root) {
    this.root = root;
  }

  public static ApiDescription ours() {
    try (InputStream yaml =
        Objects.requireNonNull(ApiDescription.class.getResourceAsStream("/web/openapi.yaml"))) {
      return new ApiDescription(new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode root() {
    return root;
  }

  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .forEachEntry((path, item) ->
            item.forEachEntry((method, node) -> {
              if (!method.equals("parameters")) {
                operations.add(operation(path, method, item, node));
              }
            }));
    return operations;
  }

  private Operation operation(String path, String method, JsonNode item, JsonNode node) {
    List<JsonNode> parameters = new ArrayList<>();
    item.path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
    node.path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
    JsonNode body = resolve(node.at("/requestBody/content/application~1json/schema"));
    return new Operation(method.toUpperCase(java.util.Locale.ROOT), path, node, parameters, body);
  }

  /** The node itself, or what its reference points at. */
  public JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? resolve(root.at(node.path("$ref").asString().substring(1))) : node;
  }

  /** The answer described for this status, else the default one. */
  public JsonNode response(Operation operation, int status) {
    JsonNode responses = operation.node().path("responses");
    String key = String.valueOf(status);
    return resolve(responses.has(key) ? responses.path(key) : responses.path("default"));
  }

  /** The schema with everything that its references need beside it. */
  public JsonNode standalone(JsonNode schema) {
    ObjectNode alone = Json.MAPPER.createObjectNode();
    alone.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.forEachEntry(alone::set);
    alone.set("components", root.path("components"));
    return alone;
  }
}
