package io.freshet.web.live;

/** What a client has said over a WebSocket. */
sealed interface Heard {

  /** A whole message, whatever number of frames it came in. */
  record Message(byte[] data) implements Heard {}

  /** To be answered with a pong of the same payload. */
  record Ping(byte[] payload) implements Heard {}

  /** Asks for nothing. */
  record Pong() implements Heard {}

  /**
   * The client's last words.
   *
   * @param payload to be echoed
   */
  record Bye(byte[] payload) implements Heard {}
}
