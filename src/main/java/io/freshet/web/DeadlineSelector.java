package io.freshet.web;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/**
 * HTTP/1.1 with a deadline. Helidon's idle check ends a connection only between requests; here it
 * also ends one that dribbles its headers or its body, so that slow senders cannot hold connections
 * for ever. A request has this long from its first byte to its answer.
 */
final class DeadlineSelector implements ServerConnectionSelector {
  private final Http1ConnectionSelector http1;
  private final Duration deadline;

  DeadlineSelector(Http1Config config, Duration deadline) {
    this.http1 = Http1ConnectionSelector.builder().config(config).build();
    this.deadline = deadline;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http1.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new Connection(http1.connection(context), deadline);
  }

  private record Connection(ServerConnection http1, Duration deadline) implements ServerConnection {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      http1.handle(limit);
    }

    @Override
    public Duration idleTime() {
      return http1.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      http1.close(interrupt || http1.idleTime().compareTo(deadline) > 0);
    }
  }
}
