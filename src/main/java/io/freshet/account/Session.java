package io.freshet.account;

import io.freshet.platform.Ids;
import java.time.Instant;
import java.util.Locale;

/**
 * A sign-in that lasts, as its owner sees it.
 *
 * @param client the program that signed in
 * @param lastUsed to some minutes
 * @param expires when it ends unless it is refreshed before
 */
public record Session(
    SessionId id, AccountId account, Kind kind, Client client, Instant lastUsed, Instant expires) {

  /** How a session is carried on. */
  public enum Kind {
    /** By a refresh token, which is another after each use. */
    TOKEN,
    /** By the page's cookie. */
    COOKIE,
    /** Not at all: the one access token is all there is. */
    COURSE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** The access that it gives. */
  public Access access() {
    return new Access(account, java.util.Optional.of(id));
  }

  public Instant createdAt() {
    return Ids.instantOf(id.value());
  }
}
