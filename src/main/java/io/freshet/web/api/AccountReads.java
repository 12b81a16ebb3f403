package io.freshet.web.api;

import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.graph.Follows;
import java.util.Optional;

/** One account as callers get to see it, for the API and for the page alike. Thread-safe. */
public final class AccountReads {
  private final Accounts accounts;
  private final Follows follows;

  public AccountReads(Accounts accounts, Follows follows) {
    this.accounts = accounts;
    this.follows = follows;
  }

  /** The caller's own. */
  public Optional<AccountView> own(AccountId caller) {
    return accounts.find(caller).map(this::own);
  }

  AccountView own(Account account) {
    return AccountView.own(account, follows.counts(account.id()));
  }

  /** Anybody's. */
  public Optional<AccountView> seen(AccountId id) {
    return accounts.find(id).map(account -> AccountView.of(account, follows.counts(id)));
  }

  public Optional<AccountView> seen(String handle) {
    return accounts
        .findByHandle(handle)
        .map(account -> AccountView.of(account, follows.counts(account.id())));
  }
}
