package io.freshet.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;

/**
 * Tickets with which a browser opens a WebSocket, for it can send no token along and an address
 * ends up in logs. A ticket is good for {@link #VALID_FOR} on every node, once on each, and for
 * nothing else. Thread-safe.
 */
public final class Tickets {
  public static final Duration VALID_FOR = Duration.ofSeconds(30);

  private static final String AUDIENCE = "freshet-live";

  /** Redeemed ones kept until they expire: more than a node can open connections in that time. */
  private static final int REMEMBERED = 1_000_000;

  private final Tokens tokens;
  private final Cache<String, Boolean> redeemed =
      Caffeine.newBuilder().expireAfterWrite(VALID_FOR).maximumSize(REMEMBERED).build();

  public Tickets(Tokens tokens) {
    this.tokens = tokens;
  }

  public String issue(Access access) {
    return tokens.issue(access, AUDIENCE, VALID_FOR);
  }

  /** What this ticket gives; empty unless it is genuine, in time and not used before. */
  public Optional<Access> redeem(String ticket) {
    return tokens
        .verify(ticket, AUDIENCE)
        .filter(_ -> redeemed.asMap().putIfAbsent(ticket, true) == null);
  }
}
