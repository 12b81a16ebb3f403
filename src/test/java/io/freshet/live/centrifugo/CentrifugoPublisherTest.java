package io.freshet.live.centrifugo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.freshet.platform.Json;
import io.freshet.platform.LiveSettings;
import io.freshet.platform.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CentrifugoPublisherTest {
  private static final byte[] DATA = "{\"id\": 9007199254740993}".getBytes(StandardCharsets.UTF_8);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private CentrifugoPublisher publisher;
  private volatile int status = 200;
  private volatile String answer = "{\"result\":{}}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    publisher =
        new CentrifugoPublisher(
            new LiveSettings.Centrifugo("http://127.0.0.1:" + server.getAddress().getPort(), "k"),
            user -> List.of("personal:#" + user, "author:7"));
  }

  @AfterEach
  void stop() {
    publisher.close();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("X-API-Key")
            + " "
            + body);
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void publishesWithTheKeyOfTheEvent() {
    publisher.publish("post:1", DATA, "e1");
    assertThat(asked)
        .containsExactly(
            "/api/publish k {\"data\":{\"id\": 9007199254740993},\"idempotency_key\":\"e1\","
                + "\"channel\":\"post:1\"}");
  }

  @Test
  void broadcastsInPieces() {
    publisher.publishToListeners(
        IntStream.range(0, 1_200).mapToObj(i -> "c" + i).toList(), DATA, "");
    assertThat(asked).hasSize(3).allMatch(request -> request.startsWith("/api/broadcast k "));
    assertThat(
            asked.stream()
                .map(request -> Json.MAPPER.readTree(request.substring(request.indexOf('{'))))
                .mapToInt(request -> request.path("channels").size()))
        .containsExactly(500, 500, 200);
  }

  @Test
  void subscribesUsersToWhatTheyGained() {
    answer = "{\"replies\":[]}";
    publisher.reconsider(List.of("1", "2"), DATA);
    assertThat(asked)
        .containsExactly(
            "/api/batch k {\"commands\":["
                + "{\"subscribe\":{\"user\":\"1\",\"channel\":\"personal:#1\"}},"
                + "{\"subscribe\":{\"user\":\"1\",\"channel\":\"author:7\"}},"
                + "{\"subscribe\":{\"user\":\"2\",\"channel\":\"personal:#2\"}},"
                + "{\"subscribe\":{\"user\":\"2\",\"channel\":\"author:7\"}}]}");
  }

  @Test
  void holdsThatEverybodyMayListen() {
    assertThat(publisher.listening(List.of("a", "b"))).containsExactlyInAnyOrder("a", "b");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"100, true", "111, true", "101, false", "102, false", "107, false"})
  void seesErrorsInsideGoodAnswers(int code, boolean isTemporary) {
    Class<?> expected = isTemporary ? UnavailableException.class : RefusedException.class;
    String error = "{\"error\":{\"code\":" + code + ",\"message\":\"m\"}}";
    answer = error;
    assertThatThrownBy(() -> publisher.publish("c", DATA, "e")).isInstanceOf(expected);
    answer = "{\"result\":{\"responses\":[{\"result\":{}}," + error + "]}}";
    assertThatThrownBy(() -> publisher.publishToListeners(List.of("c", "d"), DATA, "e"))
        .isInstanceOf(expected)
        .hasMessageContaining(code + ": m");
    answer = "{\"replies\":[{\"subscribe\":{}}," + error + "]}";
    assertThatThrownBy(() -> publisher.reconsider(List.of("1"), DATA)).isInstanceOf(expected);
  }

  @ParameterizedTest
  @CsvSource({"500, true", "503, true", "429, true", "401, false", "404, false", "302, false"})
  void seesErrorsByStatus(int code, boolean isTemporary) {
    status = code;
    assertThatThrownBy(() -> publisher.publish("c", DATA, "e"))
        .isInstanceOf(isTemporary ? UnavailableException.class : RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "{", "[1,", "{}"})
  void refusesWhatIsNoCentrifugo(String body) {
    answer = body;
    assertThatThrownBy(() -> publisher.publish("c", DATA, "e"))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void failsForAWhileWhenCentrifugoIsAway() {
    server.stop(0);
    assertThatThrownBy(() -> publisher.publish("c", DATA, "e"))
        .isInstanceOf(UnavailableException.class);
  }
}
