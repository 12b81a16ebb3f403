package io.freshet.web;

import io.freshet.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Calls a server as a client would. Values are immutable: {@code with} and {@code as} make another
 * client.
 */
public record TestClient(HttpClient http, int port, Map<String, String> headers) {

  /** One for all tests: each has threads of its own. */
  private static final HttpClient SHARED = HttpClient.newHttpClient();

  /** An answer, read whole. */
  public record Answer(int status, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of("")).getFirst();
    }

    public JsonNode json() {
      return Json.MAPPER.readTree(body);
    }

    public String text(String field) {
      return json().path(field).asString("");
    }
  }

  public static TestClient to(int port) {
    return new TestClient(SHARED, port, Map.of());
  }

  public TestClient with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new TestClient(http, port, more);
  }

  public TestClient as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  public Answer post(String path, Object body) {
    return json("POST", path, body);
  }

  public Answer put(String path, Object body) {
    return json("PUT", path, body);
  }

  public Answer put(String path) {
    return send("PUT", path, BodyPublishers.noBody());
  }

  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  public Answer json(String method, String path, Object body) {
    byte[] bytes = body instanceof byte[] raw ? raw : Json.bytes(body);
    TestClient client =
        headers.containsKey("Content-Type") ? this : with("Content-Type", "application/json");
    return client.send(method, path, BodyPublishers.ofByteArray(bytes));
  }

  public Answer send(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).method(method, body);
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
