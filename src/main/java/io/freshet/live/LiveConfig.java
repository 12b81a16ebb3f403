package io.freshet.live;

import java.time.Duration;

/**
 * How connections are kept.
 *
 * @param isInsecure for development only: whoever connects may do everything
 * @param allowsAnonymous whether one may connect without a token, to what is public
 * @param ping between two pings of a connection
 * @param pong how long its answer may take
 * @param maxQueuedBytes waiting for one client; a client so slow is cut off
 */
public record LiveConfig(
    boolean isInsecure,
    boolean allowsAnonymous,
    Duration ping,
    Duration pong,
    int maxQueuedBytes,
    Namespaces namespaces) {
  /** A connection that has not said who it is by then is closed. */
  static final Duration STALE_AFTER = Duration.ofSeconds(10);

  /** How long after its expiry a client may still come with a new token. */
  static final Duration EXPIRY_GRACE = Duration.ofSeconds(25);

  /** Channels that one client may subscribe to. */
  static final int MAX_SUBSCRIPTIONS = 128;

  /** The same for one without a name: what anybody may have without an account costs little. */
  static final int MAX_ANONYMOUS_SUBSCRIPTIONS = 16;

  /** A client that missed more loads everything anew; more would make a reply of megabytes. */
  static final int MAX_RECOVERED = 300;
}
