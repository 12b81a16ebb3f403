package io.freshet.web.api;

import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.feed.Sights;
import io.freshet.graph.Follows;
import io.freshet.graph.Relation;
import java.util.Optional;
import java.util.function.Function;

/** Accounts as callers get to see them, for the API and for the page alike. Thread-safe. */
public final class AccountReads {
  private final Accounts accounts;
  private final Follows follows;
  private final Sights sights;
  private final People people;

  public AccountReads(Accounts accounts, Follows follows, Sights sights) {
    this.accounts = accounts;
    this.follows = follows;
    this.sights = sights;
    this.people = new People(accounts);
  }

  People people() {
    return people;
  }

  /** The caller's own. */
  public Optional<AccountView> own(AccountId caller) {
    return accounts.find(caller).map(this::own);
  }

  AccountView own(Account account) {
    return AccountView.own(account, follows.counts(account.id()));
  }

  /** Anybody's. */
  Optional<AccountView> seen(Optional<AccountId> caller, AccountId id) {
    return accounts
        .find(id)
        .map(account ->
            AccountView.of(account, follows.counts(id), sights.relations(caller).apply(id)));
  }

  /** By handle, as nobody in particular sees it. */
  public Optional<AccountView> seen(String handle) {
    return accounts.findByHandle(handle).map(AccountView::of);
  }

  /** In a list that the caller asked for. */
  Function<Account, AccountView> listed(Optional<AccountId> caller) {
    Function<AccountId, Optional<Relation>> relations = sights.relations(caller);
    return account -> AccountView.of(account, relations.apply(account.id()));
  }
}
