package io.freshet.account;

import java.util.Optional;

/**
 * Who calls, and by which session. Without one it is a token that an operator has made, good until
 * it expires.
 */
public record Access(AccountId account, Optional<SessionId> session) {

  /** By an operator's token. */
  public static Access of(AccountId account) {
    return new Access(account, Optional.empty());
  }
}
