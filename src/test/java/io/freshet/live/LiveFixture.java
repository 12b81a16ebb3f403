package io.freshet.live;

import com.google.protobuf.ByteString;
import io.freshet.testkit.MovableClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A live server of one thread, whose clock moves when told. */
final class LiveFixture {
  static final Keeping KEEPING = new Keeping(5, Duration.ofMinutes(5));

  final MovableClock clock = new MovableClock();
  final LossyBroker broker = new LossyBroker("here");
  final HookedStreams streams = new HookedStreams(new LocalStreams(clock, new Random(7)));
  final LiveTokens tokens = new LiveTokens(LiveTokens.bytes("secret"), false, clock);
  final Live live;

  LiveFixture() {
    this(user -> user.isEmpty() ? List.of() : List.of("personal:#" + user));
  }

  LiveFixture(Readers readers) {
    this.live =
        new Live(
            config(),
            new Live.Stores(streams, new LocalPresences(clock), broker),
            tokens,
            readers,
            clock,
            Runnable::run,
            "test");
  }

  static LiveConfig config() {
    return new LiveConfig(
        false,
        true,
        Duration.ofSeconds(25),
        Duration.ofSeconds(8),
        10_000,
        Namespaces.own(KEEPING).with(namespaces()));
  }

  private static Map<String, Namespace> namespaces() {
    return Map.of(
        "chat",
        new Namespace(
            "chat",
            EnumSet.of(
                Option.ALLOW_SUBSCRIBE_FOR_CLIENT,
                Option.ALLOW_SUBSCRIBE_FOR_ANONYMOUS,
                Option.ALLOW_PUBLISH_FOR_SUBSCRIBER,
                Option.ALLOW_HISTORY_FOR_SUBSCRIBER,
                Option.ALLOW_PRESENCE_FOR_SUBSCRIBER,
                Option.PRESENCE,
                Option.JOIN_LEAVE,
                Option.FORCE_RECOVERY),
            KEEPING,
            false),
        "club",
        new Namespace(
            "club", EnumSet.of(Option.ALLOW_USER_LIMITED_CHANNELS), Keeping.NOTHING, false),
        "fleeting",
        new Namespace(
            "fleeting",
            EnumSet.of(Option.ALLOW_SUBSCRIBE_FOR_CLIENT, Option.ALLOW_SUBSCRIBE_FOR_ANONYMOUS),
            Keeping.NOTHING,
            false));
  }

  String token(String user) {
    return tokens.issue(user, Duration.ofMinutes(10), List.of());
  }

  FakeClient connected(String user) {
    return FakeClient.connected(live, token(user));
  }

  Position publish(String channel, String data) {
    return live.publish(channel, Draft.of(ByteString.copyFromUtf8("\"" + data + "\"")));
  }

  /** Lets the clock run, a second at a time, as the clockwork would. */
  void run(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      clock.advance(Duration.ofSeconds(1));
      live.tick();
    }
  }
}
