package io.freshet.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.live.Disconnect;
import io.freshet.testkit.RawWebSocket;
import io.freshet.testkit.RawWebSocket.Frame;
import io.freshet.web.live.FakeSessions.Fake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said over an open WebSocket, and how it ends. */
class SocketTest {
  private static final String PATH = "/connection/websocket";
  private static final byte[] NOTHING = {};
  private static TestFloor floor;

  @BeforeAll
  static void start() {
    floor = TestFloor.ofSockets(Duration.ofSeconds(30), 100, List.of());
  }

  @AfterAll
  static void stop() {
    floor.close();
  }

  private record Pair(RawWebSocket client, Fake session) implements AutoCloseable {
    static Pair open() {
      return on(floor, "X-Nothing: 1");
    }

    static Pair on(TestFloor floor, String header) {
      RawWebSocket client = RawWebSocket.open(floor.port(), PATH, header);
      return new Pair(client, floor.sessions.next());
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void carriesMessagesBothWays() {
    try (Pair pair = Pair.open()) {
      pair.client().text("say hello, мир");
      assertThat(pair.session().heard(0)).isEqualTo("say hello, мир");
      Frame answer = pair.client().next();
      assertThat(answer.opcode()).isEqualTo(RawWebSocket.TEXT);
      assertThat(answer.text()).isEqualTo("hello, мир");
    }
  }

  @Test
  void hearsWhatWasSentBeforeTheHandshakeWasAnswered() {
    byte[] early = RawWebSocket.frame(0x81, bytes("early"));
    String request =
        "GET "
            + PATH
            + " HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
            + RawWebSocket.KEY
            + "\r\n\r\n"
            + new String(early, StandardCharsets.ISO_8859_1);
    try (RawWebSocket client = RawWebSocket.request(floor.port(), request, 0)) {
      assertThat(client.status()).isEqualTo(101);
      assertThat(floor.sessions.next().heard(0)).isEqualTo("early");
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "125", "126", "65535", "65536"})
  void carriesEveryLength(int length) {
    try (Pair pair = Pair.open()) {
      String text = "x".repeat(length);
      pair.client().text(text);
      assertThat(pair.session().heard(0)).isEqualTo(text);
      pair.session().say(text + "!");
      assertThat(pair.client().next().text()).isEqualTo(text + "!");
    }
  }

  @Test
  void putsSixteenMessagesIntoAFrame() {
    try (Pair pair = Pair.open();
        Pair binary = Pair.on(floor, "Sec-WebSocket-Protocol: centrifuge-protobuf")) {
      String[] messages = IntStream.range(0, 17).mapToObj(i -> "m" + i).toArray(String[]::new);
      String first = String.join("\n", Arrays.copyOf(messages, 16));
      pair.session().say(messages);
      assertThat(pair.client().next().text()).isEqualTo(first);
      assertThat(pair.client().next().text()).isEqualTo("m16");
      binary.session().say(messages);
      Frame joined = binary.client().next();
      assertThat(joined.opcode()).isEqualTo(RawWebSocket.BINARY);
      assertThat(joined.text()).isEqualTo(first.replace("\n", ""));
    }
  }

  @Test
  void joinsFragmentsAndAnswersPingsAmongThem() {
    try (Pair pair = Pair.open()) {
      byte[] word = bytes("приве́т");
      pair.client().send(false, RawWebSocket.TEXT, Arrays.copyOf(word, 3));
      pair.client().send(true, RawWebSocket.PING, bytes("ping"));
      pair.client().send(false, RawWebSocket.CONTINUATION, NOTHING);
      pair.client().send(true, RawWebSocket.PONG, NOTHING);
      pair.client().send(true, RawWebSocket.CONTINUATION, Arrays.copyOfRange(word, 3, word.length));
      Frame pong = pair.client().next();
      assertThat(pong.opcode()).isEqualTo(RawWebSocket.PONG);
      assertThat(pong.text()).isEqualTo("ping");
      assertThat(pair.session().heard(0)).isEqualTo("приве́т");
      pair.client().text("next");
      assertThat(pair.session().heard(1)).isEqualTo("next");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "c18100000000, 1002, a reserved bit",
    "838000000000, 1002, an unknown opcode",
    "8b8000000000, 1002, an unknown control opcode",
    "810161, 1002, a frame without a mask",
    "808000000000, 1002, a continuation of nothing",
    "01800000000001800000000, 1002, a message within a message",
    "098000000000, 1002, a ping in fragments",
    "89fe007e00000000, 1002, a ping that is too long",
    "88810000000003, 1002, half a close code",
    "88820000000003ed, 1002, a close code that is for nobody to send",
    "88840000000003e8ff00, 1007, a close reason that is not UTF-8",
    "818200000000c328, 1007, text that is not UTF-8",
    "81ff0000000000010001, 1009, a message of 64 KB and a byte",
    "81ffffffffffffffffff, 1009, a length below zero"
  })
  void refusesWhatTheProtocolForbids(String frame, int code, String what) {
    try (Pair pair = Pair.open()) {
      String even = frame.length() % 2 == 0 ? frame : frame + "0";
      pair.client().raw(HexFormat.of().parseHex(even));
      Frame close = pair.client().next();
      assertThat(close.opcode()).as(what).isEqualTo(RawWebSocket.CLOSE);
      assertThat(close.code()).as(what).isEqualTo(code);
      assertThat(close.reason()).isNotEmpty();
      pair.client().close();
      pair.session().awaitGone();
      assertThat(pair.session().frames).isEmpty();
    }
  }

  @Test
  void countsFragmentsTogether() {
    try (Pair pair = Pair.open()) {
      pair.client().send(false, RawWebSocket.BINARY, new byte[FrameReader.MAX_MESSAGE_BYTES]);
      pair.client().send(true, RawWebSocket.CONTINUATION, new byte[1]);
      assertThat(pair.client().next().code()).isEqualTo(1009);
    }
  }

  @Test
  void isHeardBySomeoneWhoIsStillSendingTooMuch() {
    try (Pair pair = Pair.open()) {
      pair.client().text("x".repeat(4 << 20));
      assertThat(pair.client().next().code()).isEqualTo(1009);
    }
  }

  @Test
  void answersAFarewellWithTheSameCode() {
    try (Pair pair = Pair.open()) {
      pair.client().close(3999, "enough");
      Frame close = pair.client().next();
      assertThat(close.opcode()).isEqualTo(RawWebSocket.CLOSE);
      assertThat(close.code()).isEqualTo(3999);
      assertThat(close.reason()).isEqualTo("enough");
      assertThat(pair.client().isDropped()).isTrue();
      pair.session().awaitGone();
      assertThatThrownBy(() -> pair.session().transport.write(List.of(bytes("late"))))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void closesWithACodeAndEndsWhenTheClientHasAnswered() {
    try (Pair pair = Pair.open()) {
      pair.session().transport.close(Disconnect.BAD_REQUEST);
      Frame close = pair.client().next();
      assertThat(close.code()).isEqualTo(3501);
      assertThat(close.reason()).isEqualTo("bad request");
      pair.client().text("too late");
      pair.client().close(3501, "");
      assertThat(pair.client().isDropped()).isTrue();
      pair.session().awaitGone();
      assertThat(pair.session().frames).isEmpty();
    }
  }

  @Test
  void cutsAReasonThatIsTooLongForAFrame() {
    try (Pair pair = Pair.open()) {
      pair.session().transport.close(new Disconnect(4000, "щ".repeat(200)));
      assertThat(pair.client().next().reason()).isEqualTo("щ".repeat(61));
    }
  }

  @Test
  void dropsWhoDoesNotAnswerTheFarewell() {
    try (Pair pair = Pair.open()) {
      pair.session().transport.close(Disconnect.STALE);
      assertThat(pair.client().next().code()).isEqualTo(3502);
      assertThat(pair.client().isDropped()).isTrue();
      pair.session().awaitGone();
    }
  }

  @Test
  void dropsWithoutAWord() {
    try (Pair pair = Pair.open()) {
      pair.session().transport.close(new Disconnect(Disconnect.DROP, "unsaid"));
      assertThat(pair.client().isDropped()).isTrue();
      pair.session().awaitGone();
    }
  }

  @Test
  void noticesThatTheClientHasLeft() {
    Pair pair = Pair.open();
    pair.close();
    pair.session().awaitGone();
  }

  @Test
  void closesWhenItsOwnSideFails() {
    try (Pair pair = Pair.open()) {
      pair.client().text("fail");
      assertThat(pair.client().next().code()).isEqualTo(1011);
      pair.session().awaitGone();
    }
  }

  @Test
  void freesAWriterThatNobodyReads() {
    try (Pair pair = Pair.open()) {
      CompletableFuture<Boolean> stuck = writeUntilItFails(pair.session());
      long before = floor.floor.seats().taken();
      long began = System.nanoTime();
      pair.session().transport.close(Disconnect.SLOW);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(500));
      await().until(stuck::isDone);
      pair.session().awaitGone();
      await().until(() -> floor.floor.seats().taken() < before);
    }
  }

  @Test
  void dropsWhileAWriterIsStuck() {
    try (Pair pair = Pair.open()) {
      CompletableFuture<Boolean> stuck = writeUntilItFails(pair.session());
      pair.session().transport.close(new Disconnect(Disconnect.DROP, ""));
      await().until(stuck::isDone);
      pair.session().awaitGone();
    }
  }

  /** Returns when a write no longer ends. */
  private static CompletableFuture<Boolean> writeUntilItFails(Fake session) {
    CompletableFuture<Boolean> failed = new CompletableFuture<>();
    java.util.concurrent.atomic.AtomicLong written = new java.util.concurrent.atomic.AtomicLong();
    byte[] much = new byte[1 << 20];
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              session.transport.write(List.of(much));
              written.incrementAndGet();
            }
          } catch (IOException e) {
            failed.complete(true);
          }
        });
    long[] before = {-1};
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(() -> written.get() == before[0] || (before[0] = written.get()) < 0);
    return failed;
  }

  @Test
  void outlivesTheDeadlineOfRequestsWhileTheClientIsHeard() {
    try (TestFloor hasty = TestFloor.ofSockets(Duration.ofMillis(600), 9, List.of());
        Pair alive = Pair.on(hasty, "X-Nothing: 1");
        Pair silent = Pair.on(hasty, "X-Nothing: 1")) {
      silent.client().raw(new byte[] {(byte) 0x81}); // a frame that is never finished
      await()
          .pollInterval(Duration.ofMillis(150))
          .until(() -> {
            alive.client().send(true, RawWebSocket.PONG, NOTHING);
            return silent.session().isGone;
          });
      alive.client().text("say still here");
      assertThat(alive.client().next().text()).isEqualTo("still here");
    }
  }

  @Test
  void tellsThatTheServerStops() {
    try (TestFloor stopping = TestFloor.ofSockets(Duration.ofSeconds(30), 9, List.of());
        Pair pair = Pair.on(stopping, "X-Nothing: 1")) {
      Thread stop = Thread.ofVirtual().start(stopping::close);
      assertThat(pair.client().next().code()).isEqualTo(3001);
      pair.client().close(3001, "");
      assertThat(pair.client().isDropped()).isTrue();
      await().until(() -> !stop.isAlive());
    }
  }
}
