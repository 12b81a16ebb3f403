package io.freshet.sdk;

import io.freshet.app.App;
import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import io.freshet.testkit.ApiClient;
import io.freshet.testkit.ApiClient.Ask;
import io.freshet.testkit.ApiClient.Reply;
import io.freshet.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/**
 * A whole Freshet in this process, with the namespaces that the tests of the clients use, and its
 * server API. Thread-safe.
 */
final class LiveServer implements AutoCloseable {
  static final String API_KEY = "the key of a test";
  static final String TOKEN_SECRET = "the token secret of a test";

  private final App app;
  private final ApiClient http = new ApiClient();

  private LiveServer(App app) {
    this.app = app;
  }

  /**
   * Starts one.
   *
   * @param home an empty directory for it
   */
  static LiveServer start(Path home) {
    DatabaseAddress database = TestDatabase.address();
    Map<String, String> settings =
        Map.of(
            "FRESHET_HOME",
            home.toString(),
            "PORT",
            "0",
            "FRESHET_LIMITS_ENABLED",
            "false",
            "DATABASE_URL",
            url(database),
            "FRESHET_LIVE_NAMESPACES",
            Path.of("src/test/resources/live/namespaces.json").toString(),
            "FRESHET_LIVE_TOKEN_SECRET",
            TOKEN_SECRET,
            "FRESHET_LIVE_API_KEY",
            API_KEY);
    return new LiveServer(App.serve(FreshetConfig.load(settings, Map.of()), _ -> {}));
  }

  static String url(DatabaseAddress database) {
    return database.jdbcUrl()
        + "?user="
        + database.user().orElseThrow()
        + "&password="
        + database.password().orElseThrow();
  }

  int port() {
    return app.httpPort().orElseThrow();
  }

  /** Calls the server API and returns the result; an error within the answer is thrown. */
  JsonNode api(String method, Object request) {
    String body = new String(Json.bytes(request), StandardCharsets.UTF_8);
    String address = "http://127.0.0.1:" + port() + "/api/" + method;
    try {
      Reply reply = http.send(Ask.of("POST", address, "nobody", body).with("X-API-Key", API_KEY));
      if (!reply.isDone() || reply.json().has("error")) {
        throw new IllegalStateException(method + ": " + reply);
      }
      return reply.json().path("result");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void publish(String channel, Object data) {
    api("publish", Map.of("channel", channel, "data", data));
  }

  /** A connection token that is good for so many seconds. */
  static String token(String user, long seconds) {
    return sign(Map.of("sub", user, "exp", System.currentTimeMillis() / 1_000 + seconds));
  }

  /** A token with these claims. */
  static String sign(Map<String, Object> claims) {
    Map<String, Object> all = new HashMap<>(claims);
    String text = part(Map.of("alg", "HS256", "typ", "JWT")) + "." + part(all);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(TOKEN_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return text + "." + encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(Map<String, Object> json) {
    return encode(Json.bytes(json));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    http.close();
    app.close();
  }
}
