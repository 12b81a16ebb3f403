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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * HTTP/1.1 with a deadline. Helidon's idle check ends a connection only between requests; here it
 * also ends one that dribbles its headers or its body, so that slow senders cannot hold connections
 * for ever. A request has this long from its first byte to its answer. Who never sends a first byte
 * is beyond Helidon's check altogether, and is hung up on by {@link #hangUp}.
 */
final class DeadlineSelector implements ServerConnectionSelector {
  /** A connection is as old as the rounds that it has seen. */
  static final int ROUNDS = 4;

  /** To who has too many connections: the rest is not worth a thread's while. */
  private static final byte[] REFUSAL =
      ("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
              + "Connection: close\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final Http1ConnectionSelector http1;
  private final Duration deadline;
  private final Connections connections;
  private final Set<Connection> silent = ConcurrentHashMap.newKeySet();

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
    Connection connection = new Connection(context, http1.connection(context), peer);
    silent.add(connection);
    return connection;
  }

  /**
   * One round: ends the connections that were silent from the start for {@link #ROUNDS} of them. To
   * be called in each such part of the deadline.
   */
  void hangUp() {
    silent.forEach(Connection::grow);
  }

  /** How many have not said anything yet. */
  int silent() {
    return silent.size();
  }

  /** Speaks HTTP, until an operation takes the connection over. */
  private final class Connection implements ServerConnection {
    private final ConnectionContext context;
    private final InetAddress peer;
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile ServerConnection speaker;
    private volatile boolean closing;

    /** Of the thread that hangs up only. */
    private int age;

    Connection(ConnectionContext context, ServerConnection http1, InetAddress peer) {
      this.context = context;
      this.speaker = http1;
      this.peer = peer;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      silent.remove(this);
      try {
        speak(limit);
      } finally {
        leave();
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

    private void leave() {
      if (left.compareAndSet(false, true)) {
        connections.close(peer);
      }
    }

    void grow() {
      age++;
      if (age > ROUNDS && silent.remove(this)) {
        leave();
        try {
          context.serverSocket().close();
        } catch (UncheckedIOException alreadyClosed) {
          return;
        }
      }
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
