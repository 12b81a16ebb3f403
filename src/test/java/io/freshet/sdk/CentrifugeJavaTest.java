package io.freshet.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.sdk.JavaReader.Listener;
import io.freshet.testkit.FaultProxy;
import io.github.centrifugal.centrifuge.ClientState;
import io.github.centrifugal.centrifuge.ConnectionTokenEvent;
import io.github.centrifugal.centrifuge.ConnectionTokenGetter;
import io.github.centrifugal.centrifuge.HistoryOptions;
import io.github.centrifugal.centrifuge.HistoryResult;
import io.github.centrifugal.centrifuge.Options;
import io.github.centrifugal.centrifuge.PresenceStatsResult;
import io.github.centrifugal.centrifuge.RPCResult;
import io.github.centrifugal.centrifuge.ReplyError;
import io.github.centrifugal.centrifuge.StreamPosition;
import io.github.centrifugal.centrifuge.SubscriptionOptions;
import io.github.centrifugal.centrifuge.SubscriptionTokenEvent;
import io.github.centrifugal.centrifuge.SubscriptionTokenGetter;
import io.github.centrifugal.centrifuge.TokenCallback;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an app on a telephone does with a live connection: centrifuge-java speaks Protobuf. */
class CentrifugeJavaTest {
  private static final long MINUTE = 60;

  @TempDir private static Path home;
  private static LiveServer server;

  private final List<JavaReader> readers = new ArrayList<>();
  private FaultProxy link;
  private final String user = newUser();

  @BeforeAll
  static void start() {
    server = LiveServer.start(home);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void openLink() {
    link = FaultProxy.to(server.port());
  }

  @AfterEach
  void goAway() {
    readers.forEach(JavaReader::close);
    link.close();
  }

  private static String newUser() {
    return Long.toString(ThreadLocalRandom.current().nextLong(1L << 62));
  }

  private static String unique(String prefix) {
    return prefix + UUID.randomUUID();
  }

  private JavaReader reader(Options options) {
    JavaReader reader = JavaReader.connect(link.port(), options);
    readers.add(reader);
    return reader;
  }

  private JavaReader reader(String token) {
    Options options = new Options();
    options.setToken(token);
    return reader(options);
  }

  private JavaReader connected() {
    JavaReader reader = reader(LiveServer.token(user, MINUTE));
    reader.journal.sees("connected");
    return reader;
  }

  /** What became of the connection itself. */
  private static List<String> life(JavaReader reader) {
    return reader.journal.lines().stream().filter(line -> !line.contains("personal:")).toList();
  }

  /** Hands out tokens of a user and counts them. */
  private static final class Tokens extends ConnectionTokenGetter {
    private final String user;
    private final AtomicInteger given = new AtomicInteger();

    Tokens(String user) {
      this.user = user;
    }

    @Override
    public void getConnectionToken(ConnectionTokenEvent event, TokenCallback callback) {
      given.incrementAndGet();
      callback.Done(null, LiveServer.token(user, MINUTE));
    }
  }

  private JavaReader renewing(Tokens tokens, long firstSeconds) {
    Options options = new Options();
    options.setToken(LiveServer.token(user, firstSeconds));
    options.setTokenGetter(tokens);
    return reader(options);
  }

  @Test
  void connectsWithATokenAndLeaves() {
    JavaReader reader = connected();
    reader.client.disconnect();
    reader.journal.sees("connecting 0", "connected", "disconnected 0");
  }

  @Test
  void isRefusedForGoodWithATokenThatSomebodyElseSigned() {
    reader(LiveServer.token(user, MINUTE) + "x").journal.sees("disconnected 3500");
  }

  @Test
  void fetchesATokenWhenTheOneItHasIsTooOld() {
    Tokens tokens = new Tokens(user);
    renewing(tokens, -10).journal.sees("connected");
    assertThat(tokens.given).hasValue(1);
  }

  @Test
  void renewsItsTokenBeforeItExpiresAndIsNeverAway() throws Exception {
    Tokens tokens = new Tokens(user);
    JavaReader reader = renewing(tokens, 3);
    reader.journal.sees("connected");
    await().until(() -> tokens.given.get() == 1);
    requireAnswer(reader);
    assertThat(life(reader)).containsExactly("connecting 0", "connected");
  }

  /** The answer to a later command shows that those before it were taken. */
  private static void requireAnswer(JavaReader reader) {
    assertThatThrownBy(() ->
            JavaReader.<RPCResult>answer(done -> reader.client.rpc("nothing", new byte[0], done)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ReplyError.class, error -> assertThat(error.getCode()).isEqualTo(108));
  }

  @Test
  void subscribesPublishesAndHearsItself() throws Exception {
    Listener listener = connected().subscribe(unique("room:"));
    byte[] data = "{\"my\":\"data\"}".getBytes(StandardCharsets.UTF_8);
    JavaReader.<Object>answer(done ->
        listener.subscription().publish(data, (error, result) -> done.onDone(error, result)));
    listener.journal().sees("{\"my\":\"data\"} by " + user);
    listener.subscription().unsubscribe();
    listener.journal().sees("unsubscribed 0");
  }

  @Test
  void hearsAHundredPublicationsInOrder() {
    String channel = unique("room:");
    Listener listener = connected().subscribe(channel);
    List<String> numbers = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
    for (int i = 0; i < 100; i++) {
      server.publish(channel, i);
    }
    listener.journal().sees("99");
    assertThat(listener.journal().lines()).filteredOn(numbers::contains).isEqualTo(numbers);
  }

  @Test
  void seesWhoIsThereWhoComesAndWhoGoes() throws Exception {
    String channel = unique("room:");
    Listener listener = connected().subscribe(channel);
    JavaReader other = reader(LiveServer.token("another", MINUTE));
    other.subscribe(channel);
    listener.journal().sees("join another");
    PresenceStatsResult stats = JavaReader.answer(listener.subscription()::presenceStats);
    assertThat(List.of(stats.getNumClients(), stats.getNumUsers())).containsExactly(2, 2);
    other.client.disconnect();
    listener.journal().sees("leave another");
    assertThat(JavaReader.answer(listener.subscription()::presence).getClients().values())
        .singleElement()
        .satisfies(info -> assertThat(info.getUser()).isEqualTo(user));
  }

  @Test
  void readsHistoryForwardsBackwardsAndFromAPosition() throws Exception {
    String channel = unique("room:");
    Listener listener = connected().subscribe(channel);
    for (String letter : List.of("a", "b", "c")) {
      server.publish(channel, letter);
    }
    HistoryResult all = history(listener, options(10));
    assertThat(texts(all)).containsExactly("\"a\"", "\"b\"", "\"c\"");
    assertThat(all.getOffset()).isEqualTo(3);
    assertThat(texts(history(listener, options(2).withReverse(true))))
        .containsExactly("\"c\"", "\"b\"");
    StreamPosition position = new StreamPosition(1, all.getEpoch());
    assertThat(texts(history(listener, options(10).withSince(position))))
        .containsExactly("\"b\"", "\"c\"");
  }

  private static HistoryOptions.Builder options(int limit) {
    return new HistoryOptions.Builder().withLimit(limit);
  }

  private static HistoryResult history(Listener listener, HistoryOptions.Builder options)
      throws Exception {
    return JavaReader.answer(done -> listener.subscription().history(options.build(), done));
  }

  private static List<String> texts(HistoryResult result) {
    return result.getPublications().stream()
        .map(publication -> new String(publication.getData(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void isKeptOutOfChannelsThatAreNotOpenToIt() {
    JavaReader reader = connected();
    reader
        .subscribe(unique("closed:"), new SubscriptionOptions())
        .journal()
        .sees("unsubscribed 103");
    reader
        .subscribe(unique("nowhere:"), new SubscriptionOptions())
        .journal()
        .sees("unsubscribed 102");
  }

  @Test
  void renewsTheTokenOfASubscriptionBeforeItExpires() {
    String channel = unique("$closed:");
    AtomicInteger given = new AtomicInteger();
    SubscriptionOptions options = new SubscriptionOptions();
    options.setToken(subscriptionToken(channel, 3));
    options.setTokenGetter(
        new SubscriptionTokenGetter() {
          @Override
          public void getSubscriptionToken(SubscriptionTokenEvent event, TokenCallback callback) {
            given.incrementAndGet();
            callback.Done(null, subscriptionToken(channel, MINUTE));
          }
        });
    JavaReader reader = connected();
    Listener listener = reader.subscribe(channel, options);
    await().until(() -> given.get() == 1);
    requireAnswer(reader);
    server.publish(channel, "welcome");
    listener.journal().sees("subscribing 0", "subscribed", "\"welcome\"");
    assertThat(listener.journal().lines()).hasSize(3);
  }

  private String subscriptionToken(String channel, long seconds) {
    return LiveServer.sign(
        Map.of(
            "sub", user, "channel", channel, "exp", System.currentTimeMillis() / 1_000 + seconds));
  }

  @Test
  void recoversWhatItMissedWhileItsLinkWasCutOnceAndInOrder() {
    String channel = unique("room:");
    Listener listener = connected().subscribe(channel);
    server.publish(channel, 1);
    listener.journal().sees("1");
    link.refuse();
    List.of(2, 3, 4).forEach(number -> server.publish(channel, number));
    link.pass();
    listener.journal().sees("4");
    server.publish(channel, 5);
    listener.journal().sees("5");
    assertThat(listener.journal().lines())
        .filteredOn(line -> !line.startsWith("join") && !line.startsWith("leave"))
        .containsExactly(
            "subscribing 0",
            "subscribed",
            "1",
            "subscribing 1",
            "subscribed, recovered",
            "2",
            "3",
            "4",
            "5");
  }

  @Test
  void isToldWhenTooMuchWasMissedAndHearsWhatComesThen() {
    String channel = unique("short:");
    Listener listener = connected().subscribe(channel);
    server.publish(channel, 1);
    listener.journal().sees("1");
    link.refuse();
    List.of(2, 3, 4, 5).forEach(number -> server.publish(channel, number));
    link.pass();
    listener.journal().sees("subscribed, not recovered");
    server.publish(channel, 6);
    listener.journal().sees("6");
    assertThat(listener.journal().lines())
        .filteredOn(line -> line.length() == 1)
        .containsExactly("1", "6");
  }

  @Test
  void hearsItsPersonalChannelWithoutAskingAndRecoversIt() {
    String channel = "personal:#" + user;
    JavaReader reader = connected();
    reader.journal.sees("subscribed " + channel);
    server.publish(channel, 1);
    reader.journal.sees(channel + ": 1");
    link.refuse();
    List.of(2, 3).forEach(number -> server.publish(channel, number));
    link.pass();
    reader.journal.sees(channel + ": 3");
    assertThat(reader.journal.lines())
        .filteredOn(line -> line.contains(channel))
        .containsExactly(
            "subscribed " + channel,
            channel + ": 1",
            "subscribed " + channel + ", recovered",
            channel + ": 2",
            channel + ": 3");
  }

  @Test
  void isUnsubscribedByTheServerAndStaysConnected() {
    String channel = unique("room:");
    JavaReader reader = connected();
    Listener listener = reader.subscribe(channel);
    server.api("unsubscribe", Map.of("user", user, "channel", channel));
    listener.journal().sees("unsubscribed 2000");
    assertThat(reader.client.getState()).isEqualTo(ClientState.CONNECTED);
  }

  private void disconnect(int code) {
    Map<String, Object> why = Map.of("code", code, "reason", "a test");
    server.api("disconnect", Map.of("user", user, "disconnect", why));
  }

  /** 3000 is no close code: the TCP connection just ends, which the client calls 1. */
  @ParameterizedTest
  @CsvSource({"3000,1", "3005,3005", "4100,4100"})
  void comesBackAfterADisconnectThatAllowsIt(int code, int seen) {
    JavaReader reader = connected();
    disconnect(code);
    reader.journal.sees("connecting 0", "connected", "connecting " + seen, "connected");
  }

  @ParameterizedTest
  @ValueSource(ints = {3503, 4500})
  void staysAwayAfterADisconnectThatIsFinal(int code) {
    JavaReader reader = connected();
    disconnect(code);
    reader.journal.sees("disconnected " + code);
    assertThat(life(reader)).containsExactly("connecting 0", "connected", "disconnected " + code);
  }
}
