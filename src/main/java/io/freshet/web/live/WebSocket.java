package io.freshet.web.live;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket (RFC 6455), from the handshake's answer to the end of TCP. Read by the connection's
 * own thread; written and closed by any.
 */
final class WebSocket implements ServerConnection {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocket.class);

  private static final int FAULT = 1011;

  /** What the client's words are for; called by one thread at a time but for {@link #stopping}. */
  interface Listener {
    void message(byte[] data);

    void pong();

    /** The client has left, or was made to. */
    void gone();

    /** The server stops: time to close. Called by any thread. */
    void stopping();
  }

  private final Floor floor;
  private final InetAddress from;
  private final Wire wire;
  private final byte[] answer;
  private final Function<WebSocket, Listener> opener;
  private volatile Runnable whenStopping = this::drop;
  private volatile long heardAt;

  /**
   * Takes a seat, and leaves it at the end.
   *
   * @param from where the client is
   * @param answer to the handshake
   * @param opener makes who listens, once the handshake is answered
   */
  WebSocket(
      ConnectionContext context,
      Floor floor,
      InetAddress from,
      byte[] answer,
      Function<WebSocket, Listener> opener) {
    this.floor = floor;
    this.from = from;
    this.wire = new Wire(context, floor.farewells());
    this.answer = answer;
    this.opener = opener;
    this.heardAt = floor.clock().millis();
  }

  @Override
  public void handle(Limit limit) {
    try {
      wire.write(answer);
      Listener listener = opener.apply(this);
      whenStopping = listener::stopping;
      try {
        listen(listener);
      } finally {
        listener.gone();
      }
    } catch (IOException clientHasLeft) {
      LOG.trace("gone", clientHasLeft);
    } finally {
      wire.drop();
      floor.seats().leave(from);
    }
  }

  private void listen(Listener listener) throws IOException {
    FrameReader frames = new FrameReader(wire);
    try {
      while (heed(frames.next(), listener)) {
        heardAt = floor.clock().millis();
      }
    } catch (Violation violation) {
      end(violation.code(), violation.reason());
    } catch (RuntimeException fault) {
      LOG.error("a live connection failed", fault);
      end(FAULT, "internal error");
    }
  }

  /** False when nothing more will be heard. */
  private boolean heed(Heard heard, Listener listener) throws IOException {
    switch (heard) {
      case Heard.Message message when wire.isLeaving() -> {}
      case Heard.Message message -> heedAside(message.data(), listener);
      case Heard.Ping ping when wire.isLeaving() -> {}
      case Heard.Ping ping -> wire.write(Frames.of(Frames.PONG, ping.payload()));
      case Heard.Pong pong -> listener.pong();
      case Heard.Bye bye -> {
        if (wire.leave()) {
          wire.sayLast(Frames.of(Frames.CLOSE, bye.payload()));
        }
        return false;
      }
    }
    return true;
  }

  /**
   * Commands may wait for a database deep in the stack, and a virtual thread keeps the largest
   * stack it ever waited with: so it is another's, which ends with them.
   */
  private static void heedAside(byte[] message, Listener listener) throws IOException {
    FutureTask<Boolean> heeding = new FutureTask<>(() -> listener.message(message), true);
    Thread.startVirtualThread(heeding);
    try {
      heeding.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /**
   * Closes from the reader's side. What the client has sent meanwhile is read, or TCP would be
   * reset and our last words lost.
   */
  private void end(int code, String reason) {
    if (wire.leave()) {
      wire.sayLast(Frames.close(code, reason));
    }
    wire.drain();
  }

  /** Writes a frame; blocks while the client takes nothing. */
  void write(byte[] frame) throws IOException {
    wire.write(frame);
  }

  /** Closes it without waiting; the client has a moment to take the code and to answer. */
  void close(int code, String reason) {
    if (wire.leave()) {
      Thread.startVirtualThread(() -> wire.sayLast(Frames.close(code, reason)));
    }
  }

  /** Ends TCP without a word. */
  void drop() {
    wire.drop();
  }

  @Override
  public Duration idleTime() {
    return Duration.ofMillis(floor.clock().millis() - heardAt);
  }

  @Override
  public void close(boolean interrupt) {
    if (interrupt) {
      drop();
    } else {
      whenStopping.run();
    }
  }
}
