package io.freshet.live;

import java.io.IOException;
import java.util.List;

/** The way to one client: a WebSocket, or an HTTP answer that never ends. Made by {@code web}. */
public interface Transport {

  Encoding encoding();

  /**
   * Whether commands come by other requests, so that the client must be told where to send them.
   */
  boolean isEmulated();

  /**
   * Writes encoded messages, in order; blocks while the client takes nothing. Called by one thread
   * at a time.
   */
  void write(List<byte[]> messages) throws IOException;

  /**
   * Tells the client why and ends the connection; {@link Disconnect#DROP} ends it without a word.
   * Called by any thread, also while another is stuck in {@link #write}; must not wait for that
   * one: what cannot be said at once stays unsaid. A second call drops the connection if it still
   * stands. Whoever made the transport calls {@link Connection#gone} when it has ended.
   */
  void close(Disconnect disconnect);
}
