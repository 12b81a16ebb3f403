package io.freshet.web.api;

import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.platform.Page;
import io.freshet.web.Bearer;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.helidon.webserver.http.ServerRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds the accounts that a request names or an answer lists, many at once. */
final class People {
  private final Accounts accounts;

  People(Accounts accounts) {
    this.accounts = accounts;
  }

  /**
   * The existing account that the path names by {@code id}: a number, or {@code me} for the caller.
   */
  AccountId named(ServerRequest request, Bearer bearer) {
    if (request.path().pathParameters().get("id").equals("me")) {
      return bearer.caller(request);
    }
    bearer.callerIfAny(request);
    AccountId id = new AccountId(Params.pathId(request, "id"));
    if (accounts.find(id).isEmpty()) {
      throw Problem.of(ProblemKind.NOT_FOUND, "There is no account " + id).thrown();
    }
    return id;
  }

  Map<Long, Account> byId(Collection<AccountId> ids) {
    return accounts.findAll(ids.stream().map(AccountId::value).toList());
  }

  Map<Long, Account> byIds(Collection<Long> ids) {
    return accounts.findAll(ids);
  }

  Page<Account> of(Page<AccountId> ids) {
    Map<Long, Account> found = byId(ids.items());
    List<Account> ordered =
        ids.items().stream().map(id -> found.get(id.value())).filter(Objects::nonNull).toList();
    return new Page<>(ordered, ids.next());
  }
}
