package io.freshet.security;

import io.freshet.platform.Json;
import io.freshet.security.Things.Kind;
import io.freshet.web.ApiDescription;
import io.freshet.web.ApiDescription.Operation;
import io.freshet.web.TestSite;
import io.freshet.web.TestSite.Person;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A valid call of any operation, made of the description: its example, in which names of things
 * that must exist are put in.
 */
final class Examples {
  private static final AtomicInteger HANDLES = new AtomicInteger();

  private final ApiDescription api;
  private final Things things;

  Examples(ApiDescription api, Things things) {
    this.api = api;
    this.things = things;
  }

  /** Whether an id in the path or the body says what it is about. */
  boolean isAboutAThing(Operation operation) {
    return operation.path().contains("{") || !idField(operation).isEmpty();
  }

  /** What that id names. */
  Kind kind(Operation operation) {
    if (operation.path().contains("{")) {
      return Things.kind(operation.path());
    }
    return idField(operation).equals("user_id") ? Kind.ACCOUNT : Kind.POST;
  }

  private String idField(Operation operation) {
    for (String field : operation.body().path("properties").propertyNames()) {
      JsonNode schema = operation.body().path("properties").path(field);
      boolean isId = schema.path("$ref").asString("").endsWith("/Id");
      if (isId && (field.equals("id") || field.equals("user_id"))) {
        return field;
      }
    }
    return "";
  }

  /**
   * A call that goes through.
   *
   * @param subject whose thing it is about, or whom it is about
   */
  Call valid(Operation operation, Person caller, Person subject) {
    String id = isAboutAThing(operation) ? things.fresh(kind(operation), subject) : "";
    Call call = about(operation, caller, id);
    return operation.readsTokens() ? call.as(caller.token()) : call;
  }

  /** The operation on this thing, without a token. */
  Call about(Operation operation, Person caller, String id) {
    Call call = Call.of(operation.method(), operation.path().replaceAll("\\{\\w+}", id));
    for (JsonNode parameter : operation.parametersIn("query")) {
      if (parameter.has("example")) {
        call = call.query(parameter.path("name").asString(), parameter.path("example").asString());
      }
    }
    if (operation.node().at("/requestBody/content/multipart~1form-data").isObject()) {
      return Things.Multipart.upload(call, Picture.png());
    }
    return operation.body().has("properties")
        ? call.json(Json.bytes(body(operation, caller, id)))
        : call;
  }

  private ObjectNode body(Operation operation, Person caller, String id) {
    JsonNode example = operation.node().at("/requestBody/content/application~1json/example");
    ObjectNode body =
        example.isObject() ? ((ObjectNode) example).deepCopy() : Json.MAPPER.createObjectNode();
    for (String field : operation.body().path("properties").propertyNames()) {
      if (body.has(field) || operation.body().path("required").toString().contains(field)) {
        value(operation, field, caller, id, body);
      }
    }
    return body;
  }

  /** What no example can know. */
  private void value(Operation operation, String field, Person caller, String id, ObjectNode body) {
    switch (field) {
      case "id" -> body.put(field, operation.path().equals("/login") ? caller.id().toString() : id);
      case "user_id" -> body.put(field, id);
      case "handle" -> body.put(field, handle(operation, caller));
      case "password", "currentPassword", "current" -> body.put(field, TestSite.PASSWORD);
      case "refreshToken" -> body.put(field, refreshToken(caller));
      case "cookie" -> body.put(field, false);
      case "media" -> body.putArray(field);
      default -> {
        if (!body.has(field)) {
          body.put(field, "some text");
        }
      }
    }
  }

  private String handle(Operation operation, Person caller) {
    return operation.path().endsWith("/sessions")
        ? things.handle(caller)
        : "fuzz_" + HANDLES.incrementAndGet();
  }

  private String refreshToken(Person caller) {
    return things.signedIn(caller).json().path("refreshToken").asString("");
  }

  ApiDescription api() {
    return api;
  }
}
