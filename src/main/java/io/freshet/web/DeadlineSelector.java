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
    return new Connection(context, http1.connection(context), deadline);
  }

  /** Speaks HTTP, until an operation takes the connection over. */
  private static final class Connection implements ServerConnection {
    private final ConnectionContext context;
    private final Duration deadline;
    private volatile ServerConnection speaker;
    private volatile boolean closing;

    Connection(ConnectionContext context, ServerConnection http1, Duration deadline) {
      this.context = context;
      this.speaker = http1;
      this.deadline = deadline;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        speaker.handle(limit);
        return;
      } catch (Takeover takeover) {
        speaker = takeover.of(context);
      }
      // Outside the catch: nothing on the stack may hold on to what HTTP needed.
      if (closing) {
        speaker.close(false);
      }
      speaker.handle(limit);
    }

    @Override
    public Duration idleTime() {
      return speaker.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      closing = true;
      ServerConnection now = speaker;
      now.close(interrupt || now.idleTime().compareTo(deadline) > 0);
    }
  }
}
