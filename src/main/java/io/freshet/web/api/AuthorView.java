package io.freshet.web.api;

import io.freshet.account.Account;

/** Who wrote something, as callers see it. */
public record AuthorView(String id, String handle, String name) {

  static AuthorView of(Account account) {
    return new AuthorView(account.id().toString(), account.handle(), account.name());
  }
}
