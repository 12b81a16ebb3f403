package io.freshet.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.live.Encoding;
import io.freshet.testkit.RawWebSocket;
import io.freshet.web.TestClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a WebSocket, and which. */
class SocketHandshakeTest {
  private static final String PATH = "/connection/websocket";
  private static TestFloor floor;

  @BeforeAll
  static void start() {
    floor = TestFloor.ofSockets(Duration.ofSeconds(30), 100, List.of());
  }

  @AfterAll
  static void stop() {
    floor.close();
  }

  private static RawWebSocket ask(String... headers) {
    return RawWebSocket.request(
        floor.port(),
        "GET " + PATH + " HTTP/1.1\r\nHost: h\r\n" + String.join("\r\n", headers) + "\r\n\r\n",
        0);
  }

  @Test
  void provesThatItHasUnderstoodTheRequest() {
    try (RawWebSocket client = RawWebSocket.open(floor.port(), PATH)) {
      assertThat(client.status()).isEqualTo(101);
      assertThat(client.header("Sec-WebSocket-Accept")).contains(RawWebSocket.ACCEPT);
      assertThat(client.header("Sec-WebSocket-Protocol")).isEmpty();
      assertThat(client.header("Sec-WebSocket-Extensions")).isEmpty();
      assertThat(floor.sessions.next().transport.isEmulated()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', JSON",
    "'', 'Sec-WebSocket-Protocol: centrifuge-protobuf', centrifuge-protobuf, PROTOBUF",
    "'', 'Sec-WebSocket-Protocol: other, centrifuge-protobuf', centrifuge-protobuf, PROTOBUF",
    "'', 'Sec-WebSocket-Protocol: centrifuge-json', centrifuge-json, JSON",
    "'', 'Sec-WebSocket-Protocol: other', '', JSON",
    "?cf_protocol=protobuf, 'X-Nothing: 1', '', PROTOBUF",
    "?format=protobuf, 'X-Nothing: 1', '', PROTOBUF",
    "?format=json, 'X-Nothing: 1', '', JSON"
  })
  void speaksTheEncodingThatIsAskedFor(
      String query, String header, String subprotocol, Encoding encoding) {
    String more = header.isEmpty() ? "X-Nothing: 1" : header;
    try (RawWebSocket client = RawWebSocket.open(floor.port(), PATH + query, more)) {
      assertThat(client.status()).isEqualTo(101);
      assertThat(client.header("Sec-WebSocket-Protocol").orElse("")).isEqualTo(subprotocol);
      assertThat(floor.sessions.next().transport.encoding()).isEqualTo(encoding);
    }
  }

  @Test
  void tellsWhoDoesNotAskForAWebSocketWhatItSpeaks() {
    TestClient.Answer answer = TestClient.to(floor.port()).get(PATH);
    assertThat(answer.status()).isEqualTo(426);
    assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
    assertThat(answer.text("type")).isEqualTo("urn:freshet:problem:upgrade-required");
    String key = "Sec-WebSocket-Key: " + RawWebSocket.KEY;
    String upgrade = "Upgrade: WebSocket";
    String connection = "Connection: Upgrade";
    try (RawWebSocket old = ask(upgrade, connection, key, "Sec-WebSocket-Version: 8");
        RawWebSocket halfway = ask(upgrade, key, "Sec-WebSocket-Version: 13");
        RawWebSocket whole = ask(upgrade, connection, key, "Sec-WebSocket-Version: 13")) {
      assertThat(old.status()).isEqualTo(426);
      assertThat(halfway.status()).isEqualTo(426);
      assertThat(whole.status()).isEqualTo(101);
      floor.sessions.next();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Sec-WebSocket-Key: short", "Sec-WebSocket-Key: ????????????????"})
  void refusesAKeyThatIsNone(String key) {
    try (RawWebSocket client =
        ask("Upgrade: websocket", "Connection: upgrade", "Sec-WebSocket-Version: 13", key)) {
      assertThat(client.status()).isEqualTo(400);
    }
  }

  @Test
  void refusesPagesFromElsewhere() {
    String own = "Origin: http://127.0.0.1:" + floor.port();
    try (RawWebSocket foreign = RawWebSocket.open(floor.port(), PATH, "Origin: http://evil.test");
        RawWebSocket ours = RawWebSocket.open(floor.port(), PATH, own)) {
      assertThat(foreign.status()).isEqualTo(403);
      assertThat(ours.status()).isEqualTo(101);
      floor.sessions.next();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', https://a.test, a.test, true",
    "'', https://a.test, A.test:443, true",
    "'', http://a.test, a.test:443, false",
    "'', http://a.test:8080, a.test, false",
    "'', null, a.test, false",
    "'', 'not an origin', a.test, false",
    "https://b.test, https://b.test, a.test, true",
    "https://b.test, HTTPS://B.test, a.test, true",
    "https://b.test, https://a.test, a.test, true",
    "https://b.test, https://c.test, a.test, false",
    "https://b.test, https://b.test.evil.test, a.test, false",
    "*, null, a.test, true"
  })
  void knowsWhosePagesMayConnect(String allowed, String origin, String host, boolean expected) {
    Origins origins = new Origins(allowed.isEmpty() ? List.of() : List.of(allowed));
    assertThat(origins.allows(origin, host)).isEqualTo(expected);
  }

  @Test
  void refusesMoreThanItMayHoldAndGivesSeatsBack() {
    try (TestFloor small = TestFloor.ofSockets(Duration.ofSeconds(30), 1, List.of())) {
      try (RawWebSocket first = RawWebSocket.open(small.port(), PATH);
          RawWebSocket second = RawWebSocket.open(small.port(), PATH)) {
        assertThat(first.status()).isEqualTo(101);
        assertThat(second.status()).isEqualTo(503);
        assertThat(second.header("Retry-After")).isPresent();
      }
      small.sessions.next().awaitGone();
      org.awaitility.Awaitility.await().until(() -> small.floor.seats().taken() == 0);
      try (RawWebSocket third = RawWebSocket.open(small.port(), PATH)) {
        assertThat(third.status()).isEqualTo(101);
      }
    }
  }
}
