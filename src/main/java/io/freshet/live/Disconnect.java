package io.freshet.live;

/**
 * Why a connection is closed. Clients reconnect after 3000 to 3499 and 4000 to 4499, and stay away
 * after 3500 to 3999 and 4500 to 4999. The codes are those of Centrifugo.
 *
 * @param reason short English for people, at most 123 bytes of UTF-8
 */
public record Disconnect(int code, String reason) {
  /** The TCP connection is dropped without a word, as if the network had failed. */
  public static final int DROP = 3000;

  public static final Disconnect DROPPED = new Disconnect(DROP, "");

  public static final Disconnect SHUTDOWN = new Disconnect(3001, "shutdown");
  public static final Disconnect SERVER_ERROR = new Disconnect(3004, "internal server error");
  public static final Disconnect EXPIRED = new Disconnect(3005, "connection expired");
  public static final Disconnect SLOW = new Disconnect(3008, "slow");
  public static final Disconnect INSUFFICIENT_STATE = new Disconnect(3010, "insufficient state");
  public static final Disconnect NO_PONG = new Disconnect(3012, "no pong");
  public static final Disconnect INVALID_TOKEN = new Disconnect(3500, "invalid token");
  public static final Disconnect BAD_REQUEST = new Disconnect(3501, "bad request");
  public static final Disconnect STALE = new Disconnect(3502, "stale");
  public static final Disconnect FORCED = new Disconnect(3503, "force disconnect");
  public static final Disconnect NOT_AVAILABLE = new Disconnect(3508, "not available");

  /** Whether clients come back by themselves. */
  public boolean reconnects() {
    return code < 3500 || (code >= 4000 && code < 4500);
  }
}
