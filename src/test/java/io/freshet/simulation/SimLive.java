package io.freshet.simulation;

import io.freshet.feed.FeedChannels;
import io.freshet.live.Keeping;
import io.freshet.live.Live;
import io.freshet.live.LiveConfig;
import io.freshet.live.LiveTokens;
import io.freshet.live.LocalPresences;
import io.freshet.live.Namespaces;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.TestLive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * What the live connections of the simulated process stand on: streams that outlive it, a broker
 * that cannot be relied on, and the writing to clients, which happens when it is told to.
 */
final class SimLive {
  /** Connection tokens by account; signing one takes longer than most of a run. */
  static final List<String> TOKENS =
      LongStream.range(0, 10)
          .mapToObj(
              user -> tokens(new MovableClock()).issue("" + user, Duration.ofDays(9), List.of()))
          .toList();

  /** So few that a reader who was away a little misses more. */
  private static final Keeping KEEPING = new Keeping(4, Duration.ofMinutes(2));

  /** Pings are drawn by chance, so they come after any run's end. */
  private static final LiveConfig CONFIG =
      new LiveConfig(
          false, false, Duration.ofDays(20), Duration.ofDays(1), 1 << 20, Namespaces.own(KEEPING));

  final SimStreams streams;
  final boolean isLossy;
  private final SimDatabase database;
  private final Random random;
  private final List<Runnable> writing = new ArrayList<>();
  private SimBroker broker;

  SimLive(SimDatabase database, Random random, Hazards hazards, Runnable pause, boolean isLossy) {
    this.database = database;
    this.random = random;
    this.isLossy = isLossy;
    this.streams = new SimStreams(database.clock, random, hazards, pause);
    this.broker = new SimBroker(random, isLossy);
  }

  private static LiveTokens tokens(MovableClock clock) {
    return TestLive.tokens(clock);
  }

  /** Live connections of a new process; what was under way to the old one is lost. */
  Live open(FeedChannels channels) {
    writing.clear();
    broker = new SimBroker(random, isLossy);
    return new Live(
        CONFIG,
        new Live.Stores(streams, new LocalPresences(database.clock), broker),
        tokens(database.clock),
        channels::of,
        database.clock,
        writing::add,
        "test");
  }

  SimBroker broker() {
    return broker;
  }

  boolean isWriting() {
    return !writing.isEmpty();
  }

  /** Writes to every client what waits for it. */
  void write() {
    List<Runnable> now = List.copyOf(writing);
    writing.clear();
    now.forEach(Runnable::run);
  }
}
