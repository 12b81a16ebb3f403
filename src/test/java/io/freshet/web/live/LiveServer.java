package io.freshet.web.live;

import io.freshet.live.ChannelName;
import io.freshet.live.Keeping;
import io.freshet.live.Live;
import io.freshet.live.LiveConfig;
import io.freshet.live.LiveTokens;
import io.freshet.live.LocalBroker;
import io.freshet.live.LocalPresences;
import io.freshet.live.LocalStreams;
import io.freshet.live.Namespaces;
import io.freshet.platform.Loop;
import io.freshet.web.HttpConfig;
import io.freshet.web.HttpServer;
import io.freshet.web.Resource;
import io.freshet.web.limits.Connections;
import io.freshet.web.limits.TestLimits;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Live connections of one process in insecure mode, and a server of them. The node is named "here".
 */
final class LiveServer implements AutoCloseable {
  static final InstantSource CLOCK = InstantSource.system();

  final LiveTokens tokens =
      new LiveTokens("x".repeat(32).getBytes(StandardCharsets.UTF_8), false, CLOCK);
  final Live live;
  final Floor floor;
  private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
  private final Farewells farewells = new Farewells(CLOCK);
  private final Loop ticks;
  private final HttpServer server;

  LiveServer(Duration ping, Namespaces namespaces, Function<LiveServer, List<Resource>> resources) {
    this.live =
        new Live(
            new LiveConfig(true, true, ping, Duration.ofSeconds(8), 1 << 20, namespaces),
            new Live.Stores(
                new LocalStreams(CLOCK, new SecureRandom()),
                new LocalPresences(CLOCK),
                new LocalBroker("here")),
            tokens,
            user ->
                user.isEmpty() ? List.of() : List.of(ChannelName.personal(Long.parseLong(user))),
            CLOCK,
            writers,
            "test");
    this.floor =
        new Floor(
            CLOCK,
            farewells,
            new Seats(100, Connections.unlimited()),
            new Origins(List.of()),
            TestLimits.NO_PROXY);
    this.ticks =
        Loop.start(
            "tick",
            Duration.ofMillis(50),
            () -> {
              live.tick();
              return false;
            });
    this.server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, Duration.ofSeconds(30), Duration.ofSeconds(5)),
            resources.apply(this),
            1);
  }

  static Namespaces ownNamespaces() {
    return Namespaces.own(new Keeping(10, Duration.ofMinutes(1)));
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    ticks.close();
    farewells.close();
    writers.close();
  }
}
