package io.freshet.web;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.util.function.Function;

/**
 * Thrown by an operation to leave HTTP for good: from then on the TCP connection is what this makes
 * of it, such as a WebSocket or an answer that never ends, and under no deadline but its own. Its
 * request must have been read whole and not been answered. What HTTP kept for the connection is let
 * go, so that one that stays open for days costs little. Has no stack trace: it is no fault.
 */
public final class Takeover extends CloseConnectionException {
  private static final long serialVersionUID = 1L;

  private final transient Function<ConnectionContext, ServerConnection> next;

  /**
   * @param next makes what handles the connection from now on, in the connection's own thread; the
   *     connection ends when its {@code handle} returns. {@code close(false)} tells it that the
   *     server stops, {@code close(true)} that it was silent for too long or that time is up.
   */
  public Takeover(Function<ConnectionContext, ServerConnection> next) {
    super("the connection is not HTTP any more");
    this.next = next;
  }

  ServerConnection of(ConnectionContext context) {
    return next.apply(context);
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
