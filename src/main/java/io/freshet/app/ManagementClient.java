package io.freshet.app;

import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the running Freshet to do something, and passes on how far it has come. */
public final class ManagementClient {
  private final RunFile server;

  public ManagementClient(RunFile server) {
    this.server = server;
  }

  public JsonNode call(String operation, JsonNode arguments, Progress progress) {
    ObjectNode body = Json.MAPPER.createObjectNode().put("operation", operation);
    body.set("arguments", arguments);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.managementPort() + "/operation"))
            .header("Authorization", "Bearer " + server.secret())
            .POST(BodyPublishers.ofByteArray(Json.bytes(body)))
            .build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<Stream<String>> response = client.send(request, BodyHandlers.ofLines());
      if (response.statusCode() != 200) {
        throw new OperatorException(
            "The running Freshet (process "
                + server.pid()
                + ") refused the request with status "
                + response.statusCode()
                + ".");
      }
      try (Stream<String> lines = response.body()) {
        return read(lines.iterator(), progress);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new OperatorException(
          "The running Freshet (process " + server.pid() + ") stopped answering.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperatorException("Interrupted.", e);
    }
  }

  private JsonNode read(Iterator<String> lines, Progress progress) {
    while (lines.hasNext()) {
      JsonNode line = Json.MAPPER.readTree(lines.next());
      if (line.has("error")) {
        throw new OperatorException(line.path("error").asString());
      }
      if (line.has("result")) {
        return line.path("result");
      }
      progress.at(
          line.path("step").asString(), line.path("done").asLong(), line.path("total").asLong());
    }
    throw new OperatorException(
        "The running Freshet (process " + server.pid() + ") stopped before it was done.");
  }
}
