package io.freshet.web.api;

import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.graph.Restrictions;
import io.freshet.platform.Page;
import io.freshet.web.Answers;
import io.freshet.web.Bearer;
import io.freshet.web.Params;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** The viewers whom the caller hides their posts from. */
public final class RestrictionsResource implements Resource {
  private static final String PATH = "/api/v1/accounts/me/restrictions";
  private static final String LIST = "restrictions";

  private final Restrictions restrictions;
  private final People people;
  private final Bearer bearer;

  public RestrictionsResource(Restrictions restrictions, Accounts accounts, Bearer bearer) {
    this.restrictions = restrictions;
    this.people = new People(accounts);
    this.bearer = bearer;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(PATH, this::list),
        Route.put(PATH + "/{id}", this::restrict),
        Route.delete(PATH + "/{id}", this::unrestrict));
  }

  private void list(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    Page<AccountId> page =
        restrictions.list(caller, Params.before(request, LIST), Params.limit(request));
    Answers.page(request, response, LIST, people.of(page), AccountView::of);
  }

  private void restrict(ServerRequest request, ServerResponse response) {
    restrictions.restrict(bearer.caller(request), new AccountId(Params.pathId(request, "id")));
    Answers.noContent(response);
  }

  private void unrestrict(ServerRequest request, ServerResponse response) {
    restrictions.unrestrict(bearer.caller(request), new AccountId(Params.pathId(request, "id")));
    Answers.noContent(response);
  }
}
