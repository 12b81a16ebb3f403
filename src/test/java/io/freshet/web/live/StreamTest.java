package io.freshet.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.freshet.live.Disconnect;
import io.freshet.live.Encoding;
import io.freshet.live.protocol.EmulationRequest;
import io.freshet.live.protocol.Reply;
import io.freshet.web.TestClient;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.live.FakeSessions.Fake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live connections without WebSocket. */
class StreamTest {
  private static final String BINARY = "application/octet-stream";
  private static final String PAGE = "https://page.test";
  private static final List<EmulationRequest> EMULATED = new CopyOnWriteArrayList<>();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static TestFloor floor;

  @BeforeAll
  static void start() {
    floor = streams(Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() {
    floor.close();
  }

  private static TestFloor streams(Duration idle) {
    return new TestFloor(
        idle,
        100,
        List.of(PAGE),
        it -> new StreamResource(it.sessions, StreamTest::emulate, it.floor));
  }

  private static boolean emulate(String node, String session, byte[] commands) {
    EMULATED.add(
        EmulationRequest.newBuilder()
            .setNode(node)
            .setSession(session)
            .setData(ByteString.copyFrom(commands))
            .build());
    return node.equals("known");
  }

  private static HttpResponse<InputStream> ask(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.Builder to(TestFloor floor, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + floor.port() + path));
  }

  private static HttpResponse<InputStream> events(TestFloor floor, String commands) {
    String query = URLEncoder.encode(commands, StandardCharsets.UTF_8);
    return ask(to(floor, "/connection/sse?cf_connect=" + query));
  }

  private static HttpResponse<InputStream> stream(String type, String commands) {
    return ask(
        to(floor, "/connection/http_stream")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(commands)));
  }

  private static BufferedReader lines(HttpResponse<InputStream> response) {
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  @Test
  void streamsEvents() throws IOException {
    HttpResponse<InputStream> response = events(floor, "{\"id\":1}\n{\"id\":2,\"м\":\"+%\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(response.headers().firstValue("X-Accel-Buffering")).contains("no");
    assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-cache");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    Fake session = floor.sessions.next();
    assertThat(session.heard(0)).isEqualTo("{\"id\":1}\n{\"id\":2,\"м\":\"+%\"}");
    assertThat(session.transport.isEmulated()).isTrue();
    assertThat(session.transport.encoding()).isEqualTo(Encoding.JSON);
    session.say("{\"a\":1}", "{\"b\":2}");
    session.say("{}");
    try (BufferedReader lines = lines(response)) {
      assertThat(lines.readLine()).isEmpty();
      for (String line : List.of("data: {\"a\":1}", "", "data: {\"b\":2}", "", "data: {}", "")) {
        assertThat(lines.readLine()).isEqualTo(line);
      }
    }
    session.awaitGone();
  }

  @Test
  void streamsLines() throws IOException {
    HttpResponse<InputStream> response = stream("application/json", "{\"id\":1}");
    Fake session = floor.sessions.next();
    assertThat(session.heard(0)).isEqualTo("{\"id\":1}");
    session.say("{\"a\":1}", "{\"b\":2}");
    try (BufferedReader lines = lines(response)) {
      assertThat(lines.readLine()).isEqualTo("{\"a\":1}");
      assertThat(lines.readLine()).isEqualTo("{\"b\":2}");
    }
    session.awaitGone();
  }

  @Test
  void streamsProtobuf() throws IOException {
    HttpResponse<InputStream> response = stream(BINARY, "\1\2\3");
    Fake session = floor.sessions.next();
    assertThat(session.transport.encoding()).isEqualTo(Encoding.PROTOBUF);
    Reply reply = Reply.newBuilder().setId(7).build();
    session.transport.write(List.of(Encoding.PROTOBUF.encode(reply)));
    try (InputStream body = response.body()) {
      assertThat(Reply.parseDelimitedFrom(body)).isEqualTo(reply);
      session.transport.close(Disconnect.STALE);
      assertThat(Reply.parseDelimitedFrom(body).getPush().getDisconnect().getCode())
          .isEqualTo(3502);
      assertThat(body.read()).isEqualTo(-1);
    }
  }

  @Test
  void saysWhyItEndsAndEndsTheAnswer() throws IOException {
    HttpResponse<InputStream> response = events(floor, "{}");
    Fake session = floor.sessions.next();
    session.transport.close(Disconnect.EXPIRED);
    String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(body)
        .isEqualTo(
            "\r\ndata: {\"push\":{\"disconnect\":{\"code\":3005,\"reason\":\"connection"
                + " expired\",\"reconnect\":true}}}\n\n");
    session.awaitGone();
  }

  @Test
  void endsBrokenWhenItIsDroppedWithoutAWord() {
    HttpResponse<InputStream> response = events(floor, "{}");
    Fake session = floor.sessions.next();
    session.transport.close(new Disconnect(Disconnect.DROP, ""));
    session.awaitGone();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> response.body().readAllBytes())
        .isInstanceOf(IOException.class);
  }

  @Test
  void outlivesTheDeadlineOfRequests() throws IOException {
    try (TestFloor hasty = streams(Duration.ofMillis(300))) {
      HttpResponse<InputStream> response = events(hasty, "{}");
      Fake session = hasty.sessions.next();
      await().during(Duration.ofSeconds(1)).until(() -> !session.isGone);
      session.say("{\"a\":1}");
      try (BufferedReader lines = lines(response)) {
        assertThat(lines.readLine()).isEmpty();
        assertThat(lines.readLine()).isEqualTo("data: {\"a\":1}");
      }
    }
  }

  @Test
  void tellsThatTheServerStops() throws IOException {
    TestFloor stopping = streams(Duration.ofSeconds(30));
    HttpResponse<InputStream> response = events(stopping, "{}");
    stopping.sessions.next().heard(0);
    stopping.close();
    String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(body).contains("\"code\":3001");
  }

  @Test
  void refusesRequestsThatSayNothing() {
    TestClient client = TestClient.to(floor.port());
    assertThat(client.get("/connection/sse").status()).isEqualTo(400);
    assertThat(client.send("HEAD", "/connection/sse?cf_connect=", BodyPublishers.noBody()).status())
        .isEqualTo(405);
    assertThat(client.send("POST", "/connection/http_stream", BodyPublishers.noBody()).status())
        .isEqualTo(400);
    assertThat(
            client
                .send(
                    "POST",
                    "/connection/http_stream",
                    BodyPublishers.ofByteArray(new byte[64 * 1024 + 1]))
                .status())
        .isEqualTo(413);
  }

  @Test
  void takesCommandsForConnectionsHeldElsewhere() {
    EMULATED.clear();
    TestClient client = TestClient.to(floor.port());
    Map<String, String> body = Map.of("session", "s", "node", "known", "data", "{\"id\":\"м\\n\"}");
    assertThat(client.post("/emulation", body).status()).isEqualTo(204);
    EmulationRequest binary =
        EmulationRequest.newBuilder()
            .setNode("known")
            .setSession("t")
            .setData(ByteString.copyFromUtf8("\0\1\2"))
            .build();
    assertThat(
            client
                .with("Content-Type", BINARY)
                .send("POST", "/emulation", BodyPublishers.ofByteArray(binary.toByteArray()))
                .status())
        .isEqualTo(204);
    assertThat(EMULATED)
        .containsExactly(
            binary.toBuilder()
                .setSession("s")
                .setData(ByteString.copyFromUtf8("{\"id\":\"м\\n\"}"))
                .build(),
            binary);
    assertThat(client.post("/emulation", Map.of("node", "unknown", "data", "{}")).status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"session\":1}", "{\"node\":{}}", "nonsense"})
  void refusesCommandsThatAreNone(String body) {
    TestClient client = TestClient.to(floor.port()).with("Content-Type", "application/json");
    Answer answer = client.send("POST", "/emulation", BodyPublishers.ofString(body));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(
            client
                .with("Content-Type", BINARY)
                .send("POST", "/emulation", BodyPublishers.ofString("\7\7\7"))
                .status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/connection/sse", "/connection/http_stream", "/emulation"})
  void letsPagesOfAllowedOriginsInAndNoOthers(String path) {
    TestClient page = TestClient.to(floor.port()).with("Origin", PAGE);
    Answer answer = page.send("OPTIONS", path, BodyPublishers.noBody());
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
    assertThat(answer.header("Access-Control-Allow-Headers")).contains("Content-Type");
    assertThat(answer.header("Vary")).isEqualTo("Origin");
    TestClient foreign = TestClient.to(floor.port()).with("Origin", "https://evil.test");
    for (String method : List.of("OPTIONS", path.endsWith("sse") ? "GET" : "POST")) {
      Answer refused = foreign.send(method, path + "?cf_connect=1", BodyPublishers.ofString("{}"));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void tellsAllowedPagesThatTheyMayReadTheStream() {
    HttpResponse<InputStream> response =
        ask(to(floor, "/connection/sse?cf_connect=1").header("Origin", PAGE));
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
    floor.sessions.next().transport.close(Disconnect.STALE);
  }
}
