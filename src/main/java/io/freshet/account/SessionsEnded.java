package io.freshet.account;

import java.util.List;

/** Sessions of an account ended before their time: nothing they gave is good any more. */
public record SessionsEnded(long account, List<Long> sessions) {
  public static final String TOPIC = "sessions-ended";
}
