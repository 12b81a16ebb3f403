package io.freshet.account;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * What a process remembers of a session to say whether it is good.
 *
 * @param secretHash of the cookie; empty for other kinds
 * @param expires of a cookie's session; others are carried on past it
 */
record SessionState(
    SessionId id,
    AccountId account,
    Session.Kind kind,
    Optional<byte[]> secretHash,
    Instant expires,
    boolean isEnded) {

  boolean isOf(AccountId owner) {
    return !isEnded && account.equals(owner);
  }

  boolean opensBy(SessionSecret cookie, Instant now) {
    return !isEnded
        && kind == Session.Kind.COOKIE
        && now.isBefore(expires)
        && secretHash.isPresent()
        && MessageDigest.isEqual(secretHash.get(), cookie.secretHash());
  }
}
