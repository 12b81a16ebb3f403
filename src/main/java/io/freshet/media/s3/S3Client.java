package io.freshet.media.s3;

import io.freshet.platform.MediaSettings;
import io.freshet.platform.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sends signed requests to one bucket. A request that fails for the store's sake is sent once more;
 * all of ours may be. Thread-safe.
 */
final class S3Client {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** For 40 MB on a slow line. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final int ATTEMPTS = 2;
  private static final int FAULT = 500;
  private static final int TOO_MANY = 429;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final MediaSettings.S3 store;
  private final String endpoint;
  private final S3Signature signature;
  private final InstantSource clock;

  S3Client(MediaSettings.S3 store, InstantSource clock) {
    this.store = store;
    this.endpoint = store.endpoint().replaceFirst("/+$", "");
    this.signature = new S3Signature(store.region(), store.accessKey(), store.secretKey());
    this.clock = clock;
  }

  /**
   * One request.
   *
   * @param key within the bucket; empty for the bucket itself
   * @param headers by lower-case name; they are signed
   */
  record Call(
      String method,
      String key,
      SortedMap<String, String> query,
      Map<String, String> headers,
      BodyPublisher body,
      String bodyHash) {}

  /** The answer, whatever its status below 500; the caller closes the body. */
  HttpResponse<InputStream> send(Call call) {
    String why = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        HttpResponse<InputStream> answer = http.send(request(call), BodyHandlers.ofInputStream());
        if (answer.statusCode() < FAULT && answer.statusCode() != TOO_MANY) {
          return answer;
        }
        answer.body().close();
        why = "status " + answer.statusCode();
      } catch (IOException e) {
        why = e.toString();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnavailableException("stopped while waiting for the object store", e);
      }
    }
    throw new UnavailableException("the object store does not " + call.method() + ": " + why);
  }

  private HttpRequest request(Call call) {
    String path = "/" + store.bucket() + (call.key().isEmpty() ? "" : "/" + call.key());
    SortedMap<String, String> query = new TreeMap<>();
    call.query().forEach((name, value) -> query.put(name, encoded(value)));
    String asked =
        query.entrySet().stream()
            .map(part -> part.getKey() + "=" + part.getValue())
            .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
    URI address = URI.create(endpoint + path + asked);
    SortedMap<String, String> signed = new TreeMap<>(call.headers());
    signed.put("x-amz-content-sha256", call.bodyHash());
    signed.put("x-amz-date", S3Signature.stamp(clock.instant()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(ANSWER).method(call.method(), call.body());
    signed.forEach(request::header);
    // The client writes this one itself.
    signed.put("host", address.getAuthority());
    String authorization =
        signature.authorization(
            call.method(), address.getRawPath(), query, signed, call.bodyHash());
    return request.header("Authorization", authorization).build();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
