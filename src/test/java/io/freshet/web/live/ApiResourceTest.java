package io.freshet.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Json;
import io.freshet.testkit.RawWebSocket;
import io.freshet.web.TestClient;
import io.freshet.web.TestClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server API, on live connections of an open server. */
class ApiResourceTest {
  private static final String NAMESPACES =
      """
      {"without_namespace": {},
       "namespaces": [{"name": "chat", "history_size": 10, "history_ttl": "60s", "presence": true,
         "force_recovery": true, "allow_subscribe_for_client": true,
         "allow_subscribe_for_anonymous": true}]}
      """;

  @TempDir private static Path home;

  private static LiveServer server;
  private static TestClient client;

  @BeforeAll
  static void start() throws IOException {
    Path file = home.resolve("namespaces.json");
    Files.writeString(file, NAMESPACES);
    server =
        new LiveServer(
            Duration.ofSeconds(25),
            LiveServer.ownNamespaces().with(file),
            it ->
                List.of(
                    new SocketResource(it.live, it.floor),
                    new ApiResource(it.live, Optional.of("a key"), false)));
    client = TestClient.to(server.port()).with("X-API-Key", "a key");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String call(String method, String body) {
    Answer answer = client.json("POST", "/api/" + method, body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** A client that is on this channel. */
  private static RawWebSocket on(String channel) {
    RawWebSocket socket = RawWebSocket.open(server.port(), "/connection/websocket");
    socket.text(
        "{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
    String answer = socket.next().text();
    while (!answer.contains("\"id\":2")) {
      answer = socket.next().text();
    }
    return socket;
  }

  private static String field(String json, String pointer) {
    return Json.MAPPER.readTree(json).at(pointer).asString("");
  }

  @Test
  void opensToWhoHasTheKey() {
    byte[] info = "{}".getBytes(StandardCharsets.UTF_8);
    TestClient stranger = TestClient.to(server.port());
    assertThat(stranger.json("POST", "/api/info", info).status()).isEqualTo(401);
    for (String header : List.of("Bearer a key", "apikey wrong", "apikey")) {
      assertThat(stranger.with("Authorization", header).json("POST", "/api/info", info).status())
          .isEqualTo(401);
    }
    assertThat(stranger.with("X-API-Key", "a kez").json("POST", "/api/info", info).status())
        .isEqualTo(401);
    assertThat(
            stranger.with("Authorization", "apikey a key").json("POST", "/api/info", info).status())
        .isEqualTo(200);
    assertThat(client.json("POST", "/api/info", info).status()).isEqualTo(200);
  }

  @Test
  void publishesToSubscribers() {
    try (RawWebSocket reader = on("chat:publish")) {
      String result =
          call(
              "publish",
              "{\"channel\":\"chat:publish\",\"data\":{\"a\": 1.50},\"tags\":{\"k\":\"v\"}}");
      assertThat(field(result, "/result/offset")).isEqualTo("1");
      assertThat(field(result, "/result/epoch")).isNotEmpty();
      assertThat(reader.next().text())
          .contains("\"data\":{\"a\": 1.50}")
          .contains("\"tags\":{\"k\":\"v\"}")
          .contains("\"offset\":1");
      call("publish", "{\"channel\":\"chat:publish\",\"b64data\":\"eyJiIjoyfQ==\"}");
      assertThat(reader.next().text()).contains("\"data\":{\"b\":2}");
      call("publish", "{\"channel\":\"chat:publish\",\"data\":3,\"skip_history\":true}");
      assertThat(reader.next().text()).contains("\"data\":3").doesNotContain("offset");
    }
  }

  @Test
  void publishesOncePerKey() {
    String request = "{\"channel\":\"chat:once\",\"data\":{},\"idempotency_key\":\"k\"}";
    assertThat(call("publish", request)).isEqualTo(call("publish", request));
    assertThat(field(call("history", "{\"channel\":\"chat:once\"}"), "/result/offset"))
        .isEqualTo("1");
  }

  @Test
  void broadcastsToEachChannelOnItsOwn() {
    String result =
        call("broadcast", "{\"channels\":[\"chat:a\",\"unknown:b\",\"plain\"],\"data\":{}}");
    assertThat(field(result, "/result/responses/0/result/offset")).isEqualTo("1");
    assertThat(field(result, "/result/responses/1/error/code")).isEqualTo("102");
    assertThat(Json.MAPPER.readTree(result).at("/result/responses/2/result").isObject()).isTrue();
  }

  @Test
  void showsAndRemovesHistory() {
    for (int i = 1; i <= 3; i++) {
      call("publish", "{\"channel\":\"chat:history\",\"data\":{\"n\":" + i + "}}");
    }
    String newest = "{\"channel\":\"chat:history\",\"limit\":2,\"reverse\":true}";
    String result = call("history", newest);
    assertThat(field(result, "/result/publications/0/data/n")).isEqualTo("3");
    assertThat(field(result, "/result/publications/1/offset")).isEqualTo("2");
    String epoch = field(result, "/result/epoch");
    String since =
        "{\"channel\":\"chat:history\",\"limit\":-1,\"since\":{\"offset\":2,\"epoch\":\"";
    assertThat(field(call("history", since + epoch + "\"}}"), "/result/publications/0/data/n"))
        .isEqualTo("3");
    assertThat(field(call("history", since + "gone\"}}"), "/error/code")).isEqualTo("112");
    assertThat(call("history_remove", "{\"channel\":\"chat:history\"}"))
        .isEqualTo("{\"result\":{}}");
    assertThat(field(call("history", newest), "/result/publications/0/data/n")).isEmpty();
  }

  @Test
  void showsWhoIsThere() {
    try (RawWebSocket reader = on("chat:presence")) {
      assertThat(reader.status()).isEqualTo(101);
      String channel = "{\"channel\":\"chat:presence\"}";
      assertThat(Json.MAPPER.readTree(call("presence", channel)).at("/result/presence").size())
          .isEqualTo(1);
      assertThat(field(call("presence_stats", channel), "/result/num_clients")).isEqualTo("1");
      assertThat(call("channels", "{}")).contains("chat:presence");
      assertThat(call("channels", "{\"pattern\":\"chat:p*\"}")).contains("chat:presence");
      assertThat(call("channels", "{\"pattern\":\"chat:*x\"}")).doesNotContain("presence");
      assertThat(call("channels", "{\"pattern\":\"chat.presence\"}")).doesNotContain("presence");
      assertThat(field(call("info", "{}"), "/result/nodes/0/name")).isEqualTo("here");
    }
  }

  @Test
  void looksAfterConnections() {
    try (RawWebSocket reader = on("chat:first")) {
      assertThat(call("subscribe", "{\"channel\":\"chat:second\"}")).isEqualTo("{\"result\":{}}");
      assertThat(reader.next().text()).contains("chat:second").contains("\"subscribe\":");
      call("unsubscribe", "{\"channel\":\"chat:first\"}");
      assertThat(reader.next().text())
          .contains("\"unsubscribe\":{\"code\":2000,\"reason\":\"server unsubscribe\"}");
      call("refresh", "{\"expire_at\":4000000000}");
      assertThat(reader.next().text()).contains("\"refresh\":{\"expires\":true,\"ttl\":");
      call("disconnect", "{\"disconnect\":{\"code\":4242,\"reason\":\"enough\"}}");
      RawWebSocket.Frame close = reader.next();
      assertThat(close.code()).isEqualTo(4242);
      assertThat(close.reason()).isEqualTo("enough");
    }
    try (RawWebSocket reader = on("chat:third")) {
      call("refresh", "{\"expired\":true}");
      assertThat(reader.next().code()).isEqualTo(3005);
    }
    try (RawWebSocket reader = on("chat:third")) {
      call("disconnect", "{\"user\":\"somebody else\"}");
      call("disconnect", "{}");
      assertThat(reader.next().code()).isEqualTo(3503);
    }
  }

  @Test
  void takesManyCommandsAtOnce() {
    String result =
        call(
            "batch",
            "{\"commands\":[{\"publish\":{\"channel\":\"chat:batch\",\"data\":1}},"
                + "{\"publish\":{\"channel\":\"no:such\",\"data\":1}},{\"info\":{}},{},"
                + "{\"history\":{\"channel\":\"chat:batch\",\"limit\":1}}]}");
    assertThat(field(result, "/replies/0/publish/offset")).isEqualTo("1");
    assertThat(field(result, "/replies/1/error/code")).isEqualTo("102");
    assertThat(field(result, "/replies/2/info/nodes/0/name")).isEqualTo("here");
    assertThat(field(result, "/replies/3/error/code")).isEqualTo("104");
    assertThat(field(result, "/replies/4/history/publications/0/data")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "publish | {\"channel\":\"no:such\",\"data\":1} | 102 | 404",
        "publish | {\"channel\":\"chat:x\"} | 107 | 400",
        "publish | {\"channel\":\"chat:x\",\"b64data\":\"*\"} | 107 | 400",
        "publish | {\"data\":1} | 107 | 400",
        "broadcast | {\"data\":1} | 107 | 400",
        "history | {\"channel\":\"plain\"} | 108 | 400",
        "presence | {\"channel\":\"plain\"} | 108 | 400",
        "subscribe | {\"channel\":\"no:such\",\"user\":\"1\"} | 102 | 404"
      })
  void saysWithinTheAnswerWhatIsWrongOrByStatus(
      String method, String body, String code, int status) {
    assertThat(field(call(method, body), "/error/code")).isEqualTo(code);
    Answer answer =
        client
            .with("X-Centrifugo-Error-Mode", "transport")
            .json("POST", "/api/" + method, body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(field(answer.body(), "/error/code")).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "nonsense", "{\"channel\":1}", "{\"channels\":{}}"})
  void refusesWhatItCannotRead(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    assertThat(client.json("POST", "/api/broadcast", bytes).status())
        .isEqualTo(body.equals("{\"channel\":1}") ? 200 : 400);
    assertThat(client.json("POST", "/api/nothing", bytes).status()).isEqualTo(404);
  }
}
