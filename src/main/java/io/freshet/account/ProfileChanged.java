package io.freshet.account;

/** A person changed their profile. */
public record ProfileChanged(long account) {
  public static final String TOPIC = "profile-changed";
}
