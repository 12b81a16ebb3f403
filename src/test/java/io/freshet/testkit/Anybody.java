package io.freshet.testkit;

import io.freshet.account.Access;
import io.freshet.account.AccountId;
import io.freshet.account.Standing;
import java.util.Optional;

/** Lets everybody in. */
public final class Anybody implements Standing {
  @Override
  public boolean stands(Access access) {
    return true;
  }

  /** The cookie is the account's id. */
  @Override
  public Optional<Access> byCookie(String cookie) {
    return Optional.of(Access.of(new AccountId(Long.parseLong(cookie))));
  }
}
