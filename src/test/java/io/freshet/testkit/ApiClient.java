package io.freshet.testkit;

import io.freshet.platform.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Speaks to Freshet's API as a program of its users would. Thread-safe. */
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** What is asked, of whom. */
  public record Ask(
      String method, String url, Optional<String> token, String body, Map<String, String> headers) {

    public static Ask of(String method, String url, String token, String body) {
      return new Ask(method, url, Optional.of(token), body, Map.of());
    }

    public Ask with(String header, String value) {
      return new Ask(method, url, token, body, Map.of(header, value));
    }
  }

  /** Any answer. */
  public record Reply(int status, boolean retryAfter, String text) {
    public boolean isDone() {
      return status / 100 == 2;
    }

    public JsonNode json() {
      return text.isEmpty() ? Json.MAPPER.nullNode() : Json.MAPPER.readTree(text);
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /** The answer, whatever its status; an IOException if none came. */
  public Reply send(Ask ask) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(ask.url()))
            .timeout(ANSWER)
            .method(
                ask.method(),
                ask.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(ask.body()));
    if (!ask.body().isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    ask.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    ask.headers().forEach(request::header);
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Reply(
        response.statusCode(),
        response.headers().firstValue("Retry-After").isPresent(),
        response.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
