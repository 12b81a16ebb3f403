package io.freshet.live.centrifugo;

import io.freshet.platform.Json;
import io.freshet.platform.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Centrifugo's HTTP API. Whatever does not come to a result fails: with {@link
 * UnavailableException} if another try may do better, else with {@link RefusedException}. An error
 * comes in an answer of status 200 too, and in parts of one. Thread-safe.
 */
final class CentrifugoApi implements AutoCloseable {
  /** Centrifugo answers in milliseconds; a post's fan-out waits meanwhile. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Internal error, too many requests, concurrent pagination. */
  private static final Set<Integer> TEMPORARY = Set.of(100, 111, 113);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI base;
  private final String key;

  /**
   * @param url of Centrifugo, without {@code /api}
   */
  CentrifugoApi(String url, String key) {
    this.base = URI.create(url.endsWith("/") ? url : url + "/");
    this.key = key;
  }

  /** Calls a method of the API, and gives the whole answer. */
  JsonNode call(String method, JsonNode arguments) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("api/" + method))
            .timeout(TIMEOUT)
            .header("X-API-Key", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.bytes(arguments)))
            .build();
    HttpResponse<byte[]> response = send(request);
    refuse(response.statusCode());
    JsonNode answer = read(response.body());
    refuse(answer);
    if (!answer.has("result") && !answer.has("replies")) {
      throw noCentrifugo();
    }
    return answer;
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      try {
        return client.send(request, BodyHandlers.ofByteArray());
      } catch (java.net.http.HttpTimeoutException e) {
        throw e;
      } catch (IOException e) {
        // It may have closed a connection just when it was to be used again; keys make it safe.
        return client.send(request, BodyHandlers.ofByteArray());
      }
    } catch (IOException e) {
      throw new UnavailableException("Centrifugo is away: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted while waiting for Centrifugo", e);
    }
  }

  private static void refuse(int status) {
    if (status == 429 || status >= 500) {
      throw new UnavailableException("Centrifugo answers with status " + status);
    }
    if (status == 401 || status == 403) {
      throw new RefusedException("Centrifugo does not know the key in live.centrifugo.apiKey");
    }
    if (status != 200) {
      throw new RefusedException("Centrifugo answers with status " + status);
    }
  }

  private static JsonNode read(byte[] body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw noCentrifugo();
    }
  }

  private static RefusedException noCentrifugo() {
    return new RefusedException("What answers at live.centrifugo.url is no Centrifugo");
  }

  /** Fails if this part of an answer is an error. */
  static void refuse(JsonNode part) {
    JsonNode error = part.path("error");
    int code = error.path("code").asInt(0);
    if (code == 0) {
      return;
    }
    String sentence =
        "Centrifugo answers with error %d: %s".formatted(code, error.path("message").asString(""));
    if (TEMPORARY.contains(code)) {
      throw new UnavailableException(sentence);
    }
    throw new RefusedException(sentence);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
