package io.freshet.web;

import io.freshet.web.limits.Connections;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/**
 * HTTP/1.1 with a deadline. Helidon's idle check ends a connection only between requests; here it
 * also ends one that dribbles its headers or its body, so that slow senders cannot hold connections
 * for ever. A request has this long from its first byte to its answer. It must be the server's only
 * protocol: to choose among several Helidon waits for a first byte, without any check.
 */
final class DeadlineSelector implements ServerConnectionSelector {
  /** To who has too many connections: the rest is not worth a thread's while. */
  private static final byte[] REFUSAL =
      """
      HTTP/1.1 503 Service Unavailable\r
      Retry-After: 5\r
      Content-Length: 0\r
      Connection: close\r
      \r
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final Http1ConnectionSelector http1;
  private final Duration deadline;
  private final Connections connections;

  DeadlineSelector(Http1Config config, Duration deadline, Connections connections) {
    this.http1 = Http1ConnectionSelector.builder().config(config).build();
    this.deadline = deadline;
    this.connections = connections;
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

  /** Called before anything is read. */
  @Override
  public ServerConnection connection(ConnectionContext context) {
    InetAddress peer = ((InetSocketAddress) context.remotePeer().address()).getAddress();
    if (!connections.open(peer)) {
      context.serverSocket().write(BufferData.create(REFUSAL));
      throw new CloseConnectionException("too many connections of one address");
    }
    return new Connection(context, http1.connection(context), peer);
  }

  /** Speaks HTTP, until an operation takes the connection over. */
  private final class Connection implements ServerConnection {
    private final ConnectionContext context;
    private final InetAddress peer;
    private volatile ServerConnection speaker;
    private volatile boolean closing;

    Connection(ConnectionContext context, ServerConnection http1, InetAddress peer) {
      this.context = context;
      this.speaker = http1;
      this.peer = peer;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        speak(limit);
      } finally {
        connections.close(peer);
      }
    }

    private void speak(Limit limit) throws InterruptedException {
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
