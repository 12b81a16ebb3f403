package io.freshet.web.api;

import io.freshet.account.AccountId;
import io.freshet.graph.Follows;
import io.freshet.platform.Page;
import io.freshet.web.Bearer;
import io.freshet.web.Params;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Who follows whom. */
public final class FollowsResource implements Resource {
  private static final String PATH = "/api/v1/accounts/";

  private final Follows follows;
  private final People people;
  private final AccountReads reads;
  private final Bearer bearer;

  public FollowsResource(Follows follows, AccountReads reads, Bearer bearer) {
    this.follows = follows;
    this.people = reads.people();
    this.reads = reads;
    this.bearer = bearer;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.put(PATH + "me/follows/{id}", this::follow),
        Route.delete(PATH + "me/follows/{id}", this::unfollow),
        Route.get(
            PATH + "{id}/followers", (request, response) -> list(request, response, "followers")),
        Route.get(
            PATH + "{id}/followees", (request, response) -> list(request, response, "followees")));
  }

  private void follow(ServerRequest request, ServerResponse response) {
    follows.follow(bearer.caller(request), new AccountId(Params.pathId(request, "id")));
    Replies.noContent(response);
  }

  private void unfollow(ServerRequest request, ServerResponse response) {
    follows.unfollow(bearer.caller(request), new AccountId(Params.pathId(request, "id")));
    Replies.noContent(response);
  }

  private void list(ServerRequest request, ServerResponse response, String list) {
    AccountId id = people.named(request, bearer);
    int limit = Params.limit(request);
    long before = Params.before(request, list);
    Page<AccountId> page =
        list.equals("followers")
            ? follows.followers(id, before, limit)
            : follows.followees(id, before, limit);
    Replies.page(
        request, response, list, people.of(page), reads.listed(bearer.callerIfAny(request)));
  }
}
