package io.freshet.web.live;

import io.freshet.live.Disconnect;
import io.freshet.live.Encoding;
import io.freshet.live.Transport;
import io.freshet.live.protocol.Push;
import io.freshet.live.protocol.Reply;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live connection over an HTTP answer that never ends. Its first commands came with the request;
 * more come by requests of their own. Its thread waits for the client to leave; written and closed
 * by any.
 */
final class StreamTransport implements ServerConnection, Transport {
  private static final Logger LOG = LoggerFactory.getLogger(StreamTransport.class);

  /**
   * A request that asks for a stream.
   *
   * @param head the answer's, with the empty line that ends it
   */
  record Opening(byte[] head, StreamForm form, byte[] commands) {}

  private final Floor floor;
  private final InetAddress from;
  private final Wire wire;
  private final Opening opening;
  private final Function<Transport, Session> sessions;
  private volatile Runnable whenStopping;

  /** Takes a seat, and leaves it at the end. */
  StreamTransport(
      ConnectionContext context,
      Floor floor,
      InetAddress from,
      Opening opening,
      Function<Transport, Session> sessions) {
    this.floor = floor;
    this.from = from;
    this.wire = new Wire(context, floor.farewells());
    this.opening = opening;
    this.sessions = sessions;
    this.whenStopping = wire::drop;
  }

  @Override
  public void handle(Limit limit) {
    try {
      wire.write(opening.head());
      wire.write(opening.form().greeting());
      Session session = sessions.apply(this);
      whenStopping = () -> session.close(Disconnect.SHUTDOWN);
      try {
        session.receive(opening.commands());
        wire.drain();
      } finally {
        session.gone();
      }
    } catch (IOException clientHasLeft) {
      LOG.trace("gone", clientHasLeft);
    } finally {
      wire.drop();
      floor.seats().leave(from);
    }
  }

  @Override
  public Encoding encoding() {
    return opening.form().encoding();
  }

  @Override
  public boolean isEmulated() {
    return true;
  }

  @Override
  public void write(List<byte[]> messages) throws IOException {
    wire.write(opening.form().chunk(messages));
  }

  @Override
  public void close(Disconnect disconnect) {
    if (disconnect.code() == Disconnect.DROP) {
      wire.drop();
      return;
    }
    // Encoded before the time to leave begins: the first time may take long.
    byte[] last = opening.form().last(encoding().encode(told(disconnect)));
    if (wire.leave()) {
      Thread.startVirtualThread(() -> {
        wire.sayLast(last);
        wire.drop();
      });
    }
  }

  private static Reply told(Disconnect disconnect) {
    return Reply.newBuilder()
        .setPush(
            Push.newBuilder()
                .setDisconnect(
                    io.freshet.live.protocol.Disconnect.newBuilder()
                        .setCode(disconnect.code())
                        .setReason(disconnect.reason())
                        .setReconnect(disconnect.reconnects())))
        .build();
  }

  /**
   * Never: pings and their answers tell whether the client lives, not this connection's silence.
   */
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    if (interrupt) {
      wire.drop();
    } else {
      whenStopping.run();
    }
  }
}
