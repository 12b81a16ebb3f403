package io.freshet.account;

/** The id of a session: the time of signing in. */
public record SessionId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
