package io.freshet.account;

/** The id of a person's account. */
public record AccountId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
