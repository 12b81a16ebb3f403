package io.freshet.web.otus;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.AccountId;
import io.freshet.graph.Follows;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Params;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/**
 * The contract's friends, which are followees; the POST forms with a body are what some clients of
 * it send.
 */
public final class FriendResource implements Resource {
  private final Follows follows;
  private final Bearer bearer;
  private final Bodies bodies;

  public FriendResource(Follows follows, Bearer bearer, Bodies bodies) {
    this.follows = follows;
    this.bearer = bearer;
    this.bodies = bodies;
  }

  record Friend(@JsonProperty(value = "user_id", required = true) String userId) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.put(
            "/friend/set/{user_id}",
            (request, response) -> add(request, response, inPath(request))),
        Route.put(
            "/friend/add/{user_id}",
            (request, response) -> add(request, response, inPath(request))),
        Route.post("/friend/add", (request, response) -> add(request, response, inBody(request))),
        Route.put(
            "/friend/delete/{user_id}",
            (request, response) -> delete(request, response, inPath(request))),
        Route.post(
            "/friend/delete", (request, response) -> delete(request, response, inBody(request))));
  }

  private void add(ServerRequest request, ServerResponse response, AccountId friend) {
    follows.follow(bearer.caller(request), friend);
    response.send();
  }

  private void delete(ServerRequest request, ServerResponse response, AccountId friend) {
    follows.unfollow(bearer.caller(request), friend);
    response.send();
  }

  private AccountId inPath(ServerRequest request) {
    bearer.caller(request);
    return new AccountId(Params.pathId(request, "user_id"));
  }

  private AccountId inBody(ServerRequest request) {
    bearer.caller(request);
    return new AccountId(Params.id("user_id", bodies.read(request, Friend.class).userId()));
  }
}
