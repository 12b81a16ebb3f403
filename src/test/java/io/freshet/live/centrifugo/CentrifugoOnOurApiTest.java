package io.freshet.live.centrifugo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.live.Keeping;
import io.freshet.live.Live;
import io.freshet.live.LiveConfig;
import io.freshet.live.LiveTokens;
import io.freshet.live.LocalBroker;
import io.freshet.live.LocalPresences;
import io.freshet.live.LocalStreams;
import io.freshet.live.Namespaces;
import io.freshet.live.protocol.HistoryRequest;
import io.freshet.live.protocol.Publication;
import io.freshet.platform.LiveSettings;
import io.freshet.web.HttpConfig;
import io.freshet.web.HttpServer;
import io.freshet.web.live.ApiResource;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our server API has the shape of Centrifugo's, so it can stand for one. */
class CentrifugoOnOurApiTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final byte[] DATA = "{\"a\": 1.50}".getBytes(StandardCharsets.UTF_8);

  private final Live live =
      new Live(
          new LiveConfig(
              false,
              true,
              Duration.ofSeconds(25),
              Duration.ofSeconds(8),
              1 << 20,
              Namespaces.own(new Keeping(10, Duration.ofMinutes(1)))),
          new Live.Stores(
              new LocalStreams(CLOCK, new SecureRandom()),
              new LocalPresences(CLOCK),
              new LocalBroker("here")),
          new LiveTokens(new byte[32], true, CLOCK),
          user -> List.of(),
          CLOCK,
          Runnable::run,
          "test");
  private final HttpServer server =
      HttpServer.start(
          new HttpConfig("127.0.0.1", 0, Duration.ofSeconds(30), Duration.ofSeconds(5)),
          List.of(new ApiResource(live, Optional.of("a key"), false)),
          1);
  private final CentrifugoPublisher publisher = publisher("a key");

  @AfterEach
  void close() {
    publisher.close();
    server.close();
  }

  private CentrifugoPublisher publisher(String key) {
    return new CentrifugoPublisher(
        new LiveSettings.Centrifugo("http://127.0.0.1:" + server.port() + "/", key),
        user -> List.of("personal:#" + user));
  }

  @Test
  void publishesOnceForEachKey() {
    publisher.publish("post:1", DATA, "e1");
    publisher.publish("post:1", DATA, "e1");
    publisher.publishToListeners(List.of("post:1", "post:2"), DATA, "e1");
    publisher.publishToListeners(List.of("post:1", "post:2"), DATA, "e2");
    publisher.publishToListeners(List.of("post:2", "post:1"), DATA, "e2");
    assertThat(history("post:1")).containsExactly("{\"a\": 1.50}", "{\"a\": 1.50}");
    assertThat(history("post:2")).hasSize(2);
  }

  @Test
  void seesThatOneOfManyChannelsIsRefused() {
    assertThatThrownBy(() -> publisher.publishToListeners(List.of("post:1", "no:2"), DATA, "e"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("102: unknown channel");
    assertThat(history("post:1")).hasSize(1);
    assertThatThrownBy(() -> publisher.publish("no:1", DATA, "e"))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void subscribesUsers() {
    publisher.reconsider(List.of("1", "2"), DATA);
  }

  @Test
  void saysThatItsKeyIsWrong() {
    try (CentrifugoPublisher stranger = publisher("another")) {
      assertThatThrownBy(() -> stranger.publish("post:1", DATA, "e"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("live.centrifugo.apiKey");
    }
  }

  private List<String> history(String channel) {
    return live
        .history(HistoryRequest.newBuilder().setChannel(channel).setLimit(-1).build())
        .getPublicationsList()
        .stream()
        .map(Publication::getData)
        .map(data -> data.toStringUtf8())
        .toList();
  }
}
