package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.platform.OperatorException;
import io.freshet.web.TestClient.Answer;
import io.helidon.http.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server itself, with routes made for the test. */
class HttpServerTest {
  record Note(@JsonProperty(required = true) String text, String more, Optional<String> maybe) {}

  private static final HttpConfig CONFIG =
      new HttpConfig("127.0.0.1", 0, Duration.ofMillis(400), Duration.ofSeconds(5));

  /** More than the buffers of both systems take. */
  private static final byte[] LARGE = new byte[64 << 20];

  private static HttpServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = HttpServer.start(CONFIG, List.of(HttpServerTest::routes), 1);
    client = TestClient.to(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<Route> routes() {
    Bodies bodies = new Bodies();
    return List.of(
        Route.get("/things/me", (in, out) -> Replies.json(out, Status.OK_200, "me")),
        Route.get(
            "/things/{id}", (in, out) -> Replies.json(out, Status.OK_200, Params.pathId(in, "id"))),
        Route.delete("/things/{id}", (in, out) -> Replies.noContent(out)),
        Route.get(
            "/find",
            (in, out) -> Replies.json(out, Status.OK_200, Params.query(in, "name").orElse(""))),
        Route.get("/page", (in, out) -> Replies.json(out, Status.OK_200, Params.limit(in))),
        Route.post(
            "/notes", (in, out) -> Replies.json(out, Status.OK_200, bodies.read(in, Note.class))),
        Route.get("/large", (in, out) -> Replies.bytes(out, LARGE)),
        Route.get("/broken", (in, out) -> fail(new IllegalStateException("a secret"))),
        Route.get("/no-connection", (in, out) -> fail(new SQLTransientConnectionException("none"))),
        Route.get("/stopping", (in, out) -> fail(new SQLException("stopping", "57P01"))),
        Route.get("/dangling", (in, out) -> fail(new SQLException("foreign key", "23503"))),
        Route.get("/bad-sql", (in, out) -> fail(new SQLException("syntax", "42601"))));
  }

  private static void fail(Exception cause) {
    throw new IllegalStateException(cause);
  }

  private static Answer note(String body) {
    return client.post("/notes", body.getBytes(StandardCharsets.UTF_8));
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void answersWithTheSecurityHeadersAndARequestId() {
    Answer answer = client.get("/things/7");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("X-Request-Id")).isNotEmpty();
    assertThat(answer.header("X-Request-Id"))
        .isNotEqualTo(client.get("/things/7").header("X-Request-Id"));
  }

  @Test
  void keepsTheCallersRequestIdOnlyWhenItIsHarmless() {
    assertThat(client.with("X-Request-Id", "abc-1.2_3").get("/things/7").header("X-Request-Id"))
        .isEqualTo("abc-1.2_3");
    assertThat(client.with("X-Request-Id", "<script>").get("/things/7").header("X-Request-Id"))
        .isNotEqualTo("<script>");
  }

  @Test
  void prefersTheRouteNamedFirst() {
    assertThat(client.get("/things/me").body()).isEqualTo("\"me\"");
  }

  @Test
  void answersHeadLikeGetWithoutABody() {
    Answer answer = client.send("HEAD", "/things/me", BodyPublishers.noBody());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("4");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void saysWhichAddressesItDoesNotKnow() {
    Answer answer = client.get("/nothing/here");
    assertThat(client.get("/friend/nonsense").status()).isEqualTo(404);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text("type")).isEqualTo("urn:freshet:problem:no-such-address");
  }

  @Test
  void namesTheMethodsThatAnAddressTakes() {
    Answer answer = client.put("/things/7");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("DELETE, GET, HEAD");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "0",
        "07",
        "-1",
        "1e3",
        "9223372036854775808",
        "99999999999999999999",
        "%00",
        "1.0",
        "+1"
      })
  void refusesIdsThatCannotBe(String id) {
    Answer answer = client.get("/things/" + id);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo("id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "-1", "x", "1.5", "", "99999999999", "1&limit=2"})
  void refusesLimitsOutsideOneToAHundred(String limit) {
    assertThat(client.get("/page?limit=" + limit).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"?limit=1,1", "?limit=100,100", "'',20"})
  void takesLimitsFromOneToAHundred(String query, String limit) {
    assertThat(client.get("/page" + query).body()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%00b", "a%0Ab", "%ff", "%C3"})
  void refusesControlCharactersAndBrokenUtf8InQueries(String name) {
    assertThat(client.get("/find?name=" + name).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|text|is missing",
        "{\"text\":1}|text|must be a string",
        "{\"text\":true}|text|must be a string",
        "{\"text\":null}|text|must be a string",
        "{\"text\":[\"a\"]}|text|must be a string",
        "{\"text\":{}}|text|must be a string",
        "{\"text\":\"a\",\"more\":null}|more|must be a string",
        "{\"text\":\"a\",\"role\":\"admin\"}|role|is not a known field",
        "{\"text\":\"\\u0000\"}|text|must not contain the character NUL",
        "{\"text\":\"\\ud800\"}|text|must not contain half of a surrogate pair",
        "{\"text\":\"a\",\"maybe\":\"\\u0000\"}|maybe|must not contain the character NUL",
        "[]|body|must be a JSON object",
        "\"a\"|body|must be a JSON object",
        "null|body|must not be null",
      })
  void saysWhichFieldIsWrongAndHow(String body, String field, String message) {
    Answer answer = note(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
    assertThat(answer.json().path("errors").path(0).path("message").asString()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"text\":\"a\"} x",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{'text':'a'}",
        "nonsense"
      })
  void refusesWhatIsNotOneJsonObject(String body) {
    Answer answer = note(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).startsWith("body ").doesNotContain("Source");
  }

  @Test
  void readsWhatIsLeftOutAsEmpty() {
    assertThat(note("{\"text\":\"\\ud83d\\ude00\"}").body())
        .isEqualTo("{\"text\":\"\uD83D\uDE00\",\"more\":\"\",\"maybe\":null}");
  }

  @Test
  void refusesInvalidUtf8() {
    byte[] body = "{\"text\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(client.post("/notes", body).text("detail")).isEqualTo("body is not valid UTF-8");
  }

  @Test
  void refusesBodiesThatAreNotJson() {
    assertThat(client.with("Content-Type", "text/plain").post("/notes", "{}").status())
        .isEqualTo(415);
    assertThat(client.send("POST", "/notes", BodyPublishers.ofString("{}")).status())
        .isEqualTo(415);
    assertThat(
            client
                .with("Content-Type", "Application/JSON; charset=utf-8")
                .post("/notes", Map.of("text", "a"))
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {Bodies.MAX_BYTES + 1, 1_000_000, 7_000_000})
  void refusesBodiesOver64KilobytesHoweverTheyCome(int size) {
    byte[] body = ("{\"text\":\"" + "x".repeat(size - 11) + "\"}").getBytes(StandardCharsets.UTF_8);
    Answer atOnce = client.post("/notes", body);
    Answer chunked =
        client
            .with("Content-Type", "application/json")
            .send(
                "POST",
                "/notes",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    assertThat(List.of(atOnce.status(), chunked.status())).containsExactly(413, 413);
    assertThat(atOnce.text("type")).isEqualTo("urn:freshet:problem:body-too-large");
  }

  @Test
  void takesABodyOfExactly64Kilobytes() {
    assertThat(note("{\"text\":\"" + "x".repeat(Bodies.MAX_BYTES - 11) + "\"}").status())
        .isEqualTo(200);
  }

  @Test
  void givesNothingAwayAboutAFault() {
    Answer answer = client.get("/broken");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
    assertThat(answer.text("requestId")).isEqualTo(answer.header("X-Request-Id")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/no-connection,503", "/stopping,503", "/dangling,404", "/bad-sql,500"})
  void tellsADatabaseThatIsAwayFromAFault(String path, int status) {
    Answer answer = client.get(path);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Retry-After")).matches(status == 503 ? "[1-4]" : "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET /things/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
      })
  void answersMalformedHttpWithAProblem(String request) throws IOException {
    assertThat(raw(request))
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", "nosniff", "urn:freshet:problem:invalid-request");
  }

  @Test
  void refusesHugeHeadersAndAddresses() {
    assertThat(client.with("X-Huge", "y".repeat(20_000)).get("/things/7").status()).isEqualTo(400);
    assertThat(client.get("/things/" + "1".repeat(20_000)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /thi",
        "GET /things/7 HTTP/1.1\r\nHost: x\r\nX-A: ",
        "POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{",
        "POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
      })
  void hangsUpOnWhoNeverFinishes(String request) throws IOException {
    assertThat(raw(request)).isEmpty();
  }

  @Test
  void hangsUpOnWhoNeverReadsTheAnswer() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      String request = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      // While the buffers are full the server cannot write: that is found out by writing to it.
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            try {
              socket.getOutputStream().write('x');
              return false;
            } catch (IOException hungUp) {
              return true;
            }
          });
    }
  }

  @Test
  void refusesAPortInUseInOneSentence() {
    HttpConfig taken =
        new HttpConfig("127.0.0.1", server.port(), Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThatThrownBy(() -> HttpServer.start(taken, List.of(), 1))
        .isInstanceOf(OperatorException.class)
        .hasMessageStartingWith("Port " + server.port() + " is in use");
  }

  @Test
  void finishesRunningRequestsBeforeItStops() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Resource slow =
        () ->
            List.of(
                Route.get(
                    "/slow",
                    (in, out) -> {
                      entered.countDown();
                      leave.await();
                      Replies.json(out, Status.OK_200, "done");
                    }));
    HttpConfig config =
        new HttpConfig("127.0.0.1", 0, Duration.ofSeconds(30), Duration.ofSeconds(20));
    HttpServer stopping = HttpServer.start(config, List.of(slow), 1);
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(() -> TestClient.to(stopping.port()).get("/slow"));
    entered.await();
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
    assertThatThrownBy(
        () -> stopped.orTimeout(300, java.util.concurrent.TimeUnit.MILLISECONDS).copy().join());
    leave.countDown();
    assertThat(answer.get().body()).isEqualTo("\"done\"");
    long before = System.nanoTime();
    CompletableFuture.runAsync(stopping::close).get();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }
}
