package io.freshet.security;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.freshet.web.ApiDescription;
import io.freshet.web.ApiDescription.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Says what is wrong with an answer, whatever was asked: a fault of ours, a status or a body that
 * the description does not know, an error that is no problem. Thread-safe.
 */
final class Judge {
  private static final String PROBLEM = "application/problem+json";

  private final ApiDescription api;
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<String, Schema> known = new ConcurrentHashMap<>();

  Judge(ApiDescription api) {
    this.api = api;
  }

  /** Empty for an answer as it should be. */
  List<String> faults(Operation operation, Reply reply) {
    List<String> faults = new ArrayList<>();
    if (reply.status() >= 500) {
      faults.add("a fault of ours");
    }
    if (!reply.header("X-Content-Type-Options").equals("nosniff")) {
      faults.add("without nosniff");
    }
    if (reply.header("X-Request-Id").isEmpty()) {
      // Refused before any route: what cannot be read as a request at all.
      if (!List.of(400, 413).contains(reply.status()) || !reply.type().equals(PROBLEM)) {
        faults.add("not answered by a route, and no problem of the transport");
      }
    } else if (isThePage(reply)) {
      if (!reply.type().equals("text/html")) {
        faults.add("the page's policy on " + reply.type());
      }
    } else if (hasLeftTheOperation(reply)) {
      problem(reply, faults);
    } else {
      described(operation, reply, faults);
    }
    return faults;
  }

  /** An id of dots led to an address of the page, which the description does not know. */
  private static boolean isThePage(Reply reply) {
    return reply.header("Content-Security-Policy").contains("trusted-types freshet");
  }

  /** The id led to another address; nothing of this operation was reached. */
  private static boolean hasLeftTheOperation(Reply reply) {
    return (reply.status() == 404 || reply.status() == 405)
        && (reply.body().contains("urn:freshet:problem:no-such-address")
            || reply.body().contains("urn:freshet:problem:method-not-allowed"));
  }

  private void problem(Reply reply, List<String> faults) {
    if (!reply.type().equals(PROBLEM)) {
      faults.add("no problem but " + reply.type());
    }
    JsonNode schema = api.root().at("/components/schemas/Problem");
    validate("problem", schema, reply, faults);
  }

  private void described(Operation operation, Reply reply, List<String> faults) {
    String status = String.valueOf(reply.status());
    if (!operation.node().path("responses").has(status)) {
      faults.add("the description does not know the status " + status);
      return;
    }
    JsonNode content = api.response(operation, reply.status()).path("content");
    if (content.isMissingNode()) {
      if (reply.bytes().length > 0 && reply.status() != 206) { // a part of what 200 describes
        faults.add("a body where none is described");
      }
      return;
    }
    if (!content.has(reply.type())) {
      faults.add("the content type " + reply.type() + " is not described");
    } else if (reply.type().endsWith("json")) {
      validate(operation.name() + status, content.path(reply.type()).path("schema"), reply, faults);
    }
    if (reply.status() >= 400 && reply.status() < 500 && !reply.type().equals(PROBLEM)) {
      faults.add("an error that is no problem");
    }
  }

  private void validate(String name, JsonNode schema, Reply reply, List<String> faults) {
    try {
      Schema compiled =
          known.computeIfAbsent(name, it -> schemas.getSchema(api.standalone(schema)));
      compiled.validate(reply.json()).forEach(error -> faults.add(error.toString()));
    } catch (JacksonException e) {
      faults.add("the body is not JSON");
    }
  }
}
