package io.freshet.testkit;

import io.freshet.live.Keeping;
import io.freshet.live.Live;
import io.freshet.live.LiveConfig;
import io.freshet.live.LiveTokens;
import io.freshet.live.LocalBroker;
import io.freshet.live.LocalPresences;
import io.freshet.live.LocalStreams;
import io.freshet.live.Namespaces;
import io.freshet.live.Readers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Executor;

/** Live connections of one process, without clockwork: tests tick it. */
public final class TestLive {
  public static final Keeping KEEPING = new Keeping(100, Duration.ofMinutes(5));

  private TestLive() {}

  public static LiveTokens tokens(InstantSource clock) {
    return new LiveTokens(LiveTokens.bytes("secret"), false, clock);
  }

  public static LiveConfig config(Namespaces namespaces) {
    return new LiveConfig(
        false, true, Duration.ofSeconds(25), Duration.ofSeconds(8), 1 << 20, namespaces);
  }

  /** With the connection tokens of {@link #tokens}. */
  public static Live open(
      LiveConfig config, InstantSource clock, Executor writers, Readers readers) {
    return new Live(
        config,
        new Live.Stores(
            new LocalStreams(clock, new Random(1)),
            new LocalPresences(clock),
            new LocalBroker("node")),
        tokens(clock),
        readers,
        clock,
        writers,
        "test");
  }
}
