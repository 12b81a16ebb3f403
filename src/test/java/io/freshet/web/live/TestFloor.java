package io.freshet.web.live;

import io.freshet.web.HttpConfig;
import io.freshet.web.HttpServer;
import io.freshet.web.Resource;
import io.freshet.web.limits.Connections;
import io.freshet.web.limits.TestLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** A server of live connections whose sessions are the test's. */
final class TestFloor implements AutoCloseable {
  final FakeSessions sessions = new FakeSessions();
  final Floor floor;
  private final Farewells farewells = new Farewells(InstantSource.system());
  private final HttpServer server;

  TestFloor(Duration idle, int seats, List<String> origins, Function<TestFloor, Resource> made) {
    this.floor =
        new Floor(
            InstantSource.system(),
            farewells,
            new Seats(seats, Connections.unlimited()),
            new Origins(origins),
            TestLimits.NO_PROXY);
    this.server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, idle, Duration.ofSeconds(5)),
            List.of(made.apply(this)),
            1);
  }

  static TestFloor ofSockets(Duration idle, int seats, List<String> origins) {
    return new TestFloor(idle, seats, origins, it -> new SocketResource(it.sessions, it.floor));
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    farewells.close();
  }
}
