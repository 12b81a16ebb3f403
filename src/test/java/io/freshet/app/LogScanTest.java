package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import io.freshet.platform.log.LineEncoder;
import io.freshet.testkit.RawWebSocket;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the whole log holds after people have used the API, at its most talkative. */
class LogScanTest {
  private static final String PASSWORD = "correct horse battery staple";
  private static final String WRONG = "wrong horse battery staple";
  private static final String ADDRESS = "203.0.113.77";
  private static final String MAIL = "ada@example.org";

  @TempDir private Path home = Path.of("");
  private final List<String> secrets = new ArrayList<>(List.of(PASSWORD, WRONG, ADDRESS, MAIL));

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void holdsNoPasswordTokenOrAddress(String format) {
    String log = logOf(format, this::use);
    assertThat(log)
        .contains(
            "sign-in done",
            "sign-in refused",
            "refresh refused",
            "password-change refused",
            "caches.forget done",
            "requestId");
    assertThat(log.split("sign-in refused", -1)).as("by every door").hasSize(1 + 3);
    assertThat(log.split("sign-in done", -1)).as("by every door").hasSize(1 + 4);
    assertThat(secrets).hasSizeGreaterThan(10).allMatch(secret -> secret.length() > 8);
    secrets.forEach(secret -> assertThat(log).doesNotContain(secret));
  }

  @Test
  void isJsonLineByLine() {
    String log = logOf("json", this::use);
    assertThat(log.lines())
        .isNotEmpty()
        .allSatisfy(
            line -> assertThat(Json.MAPPER.readTree(line).path("message").isString()).isTrue());
  }

  private interface Use {
    void of(int port);
  }

  private String logOf(String format, Use use) {
    LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    LineEncoder encoder = new LineEncoder();
    encoder.setFormat(format);
    appender.setEncoder(encoder);
    appender.setContext(logback);
    appender.setOutputStream(log);
    appender.start();
    Logger root = logback.getLogger("ROOT");
    Logger own = logback.getLogger("io.freshet");
    Logger audit = logback.getLogger("audit");
    root.addAppender(appender);
    own.setLevel(Level.TRACE);
    audit.setLevel(Level.TRACE);
    try (App app = App.serve(config(format), database -> {})) {
      use.of(app.httpPort().orElseThrow());
      app.call("caches.forget", Json.MAPPER.createObjectNode(), Progress.SILENT);
    } finally {
      root.detachAppender(appender);
      own.setLevel(null);
      audit.setLevel(null);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  private FreshetConfig config(String format) {
    return FreshetConfig.load(
        Map.of(
            "FRESHET_HOME",
            home.toString(),
            "PORT",
            "0",
            "FRESHET_HTTP_HOST",
            "127.0.0.1",
            "FRESHET_LOG_FORMAT",
            format,
            "FRESHET_SECRET",
            secret("the secret of this very server, 32 bytes"),
            "DATABASE_URL",
            TestDatabase.url()),
        Map.of());
  }

  private String secret(String text) {
    secrets.add(text);
    return text;
  }

  private void use(int port) {
    TestClient client = TestClient.to(port).with("X-Forwarded-For", ADDRESS);
    Map<String, String> person = Map.of("handle", "ada", "password", PASSWORD, "firstName", MAIL);
    assertThat(client.post("/api/v1/accounts", person).status()).isEqualTo(201);
    client.post("/api/v1/sessions", Map.of("handle", "ada", "password", WRONG));
    client.post("/api/v1/sessions", Map.of("handle", MAIL, "password", PASSWORD));
    Map<String, Object> signIn = Map.of("handle", "ada", "password", PASSWORD);
    String token = secret(client.post("/api/v1/sessions", signIn).text("token"));
    TestClient ada = client.as(token);
    ada.put("/api/v1/accounts/me/password", Map.of("current", WRONG, "new", WRONG));
    refreshAndReplay(client, client.post("/api/v1/sessions", signIn).text("refreshToken"));
    useByCookie(client);
    String id = ada.get("/api/v1/accounts/me").text("id");
    client.post("/login", Map.of("id", id, "password", WRONG));
    secret(client.post("/login", Map.of("id", id, "password", PASSWORD)).text("token"));
    assertThat(ada.post("/api/v1/posts", Map.of("text", PASSWORD)).status()).isEqualTo(201);
    ada.post("/api/v1/accounts", ("{\"password\": \"" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    client.as(secret(token.substring(0, token.length() - 2) + "xx")).get("/api/v1/feed");
    ada.get("/api/v1/accounts?prefix=" + MAIL.replace("@", "%40"));
    String ticket = secret(ada.post("/api/v1/live/ticket", Map.of()).text("ticket"));
    try (RawWebSocket posted = RawWebSocket.open(port, "/post/feed/posted?ticket=" + ticket)) {
      assertThat(posted.status()).isEqualTo(101);
    }
    String live = secret(ada.post("/api/v1/live/tokens", Map.of()).text("token"));
    try (RawWebSocket socket = RawWebSocket.open(port, "/connection/websocket")) {
      socket.text("{\"id\":1,\"connect\":{\"token\":\"" + live + "\"}}");
      assertThat(socket.next().text()).contains("connect");
      socket.text("{\"id\":2,\"connect\":{\"token\":\"" + live + "x\"}}");
    }
    try (RawWebSocket broken = RawWebSocket.open(port, "/connection/websocket")) {
      broken.text("not a command " + live);
    }
  }

  private void refreshAndReplay(TestClient client, String first) {
    String second = refreshed(client, secret(first)).text("refreshToken");
    assertThat(refreshed(client, secret(second)).status()).isEqualTo(200);
    assertThat(refreshed(client, first).status()).isEqualTo(401);
  }

  private TestClient.Answer refreshed(TestClient client, String refreshToken) {
    TestClient.Answer answer =
        client.post("/api/v1/sessions/refresh", Map.of("refreshToken", refreshToken));
    if (answer.status() == 200) {
      secret(answer.text("token"));
      secret(answer.text("refreshToken"));
    }
    return answer;
  }

  private void useByCookie(TestClient client) {
    TestClient page = client.with("Sec-Fetch-Site", "same-origin");
    Map<String, Object> signIn = Map.of("handle", "ada", "password", PASSWORD, "cookie", true);
    String cookie = page.post("/api/v1/sessions", signIn).header("Set-Cookie").split(";", 2)[0];
    secret(cookie.split("=", 2)[1]);
    assertThat(page.with("Cookie", cookie).get("/api/v1/accounts/me").status()).isEqualTo(200);
  }
}
