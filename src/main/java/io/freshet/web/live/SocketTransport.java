package io.freshet.web.live;

import io.freshet.live.Disconnect;
import io.freshet.live.Encoding;
import io.freshet.live.Transport;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** A live connection over a WebSocket. */
final class SocketTransport implements Transport, WebSocket.Listener {
  /** Clients take a frame as a whole: this many small messages share one frame and one write. */
  static final int MAX_MESSAGES_IN_FRAME = 16;

  private final WebSocket socket;
  private final Encoding encoding;
  private final Session session;

  SocketTransport(WebSocket socket, Encoding encoding, Function<Transport, Session> sessions) {
    this.socket = socket;
    this.encoding = encoding;
    this.session = sessions.apply(this);
  }

  @Override
  public Encoding encoding() {
    return encoding;
  }

  @Override
  public boolean isEmulated() {
    return false;
  }

  @Override
  public void write(List<byte[]> messages) throws IOException {
    for (int from = 0; from < messages.size(); from += MAX_MESSAGES_IN_FRAME) {
      int to = Math.min(messages.size(), from + MAX_MESSAGES_IN_FRAME);
      List<byte[]> together = messages.subList(from, to);
      socket.write(encoding == Encoding.JSON ? Frames.lines(together) : Frames.joined(together));
    }
  }

  @Override
  public void close(Disconnect disconnect) {
    close(socket, disconnect);
  }

  static void close(WebSocket socket, Disconnect disconnect) {
    if (disconnect.code() == Disconnect.DROP) {
      socket.drop();
    } else {
      socket.close(disconnect.code(), disconnect.reason());
    }
  }

  @Override
  public void message(byte[] data) {
    session.receive(data);
  }

  /** The protocol has pings of its own. */
  @Override
  public void pong() {}

  @Override
  public void gone() {
    session.gone();
  }

  @Override
  public void stopping() {
    session.close(Disconnect.SHUTDOWN);
  }
}
