package io.freshet.web.live;

import io.freshet.account.Access;
import io.freshet.web.Bearer;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Hands out what opens a live connection. */
final class ConnectionTokensResource implements Resource {
  /**
   * A connection token.
   *
   * @param url where to connect with it
   * @param expiresIn seconds
   */
  private record TokenView(String token, String url, long expiresIn) {}

  private final LiveSite site;
  private final Bearer bearer;

  ConnectionTokensResource(LiveSite site, Bearer bearer) {
    this.site = site;
    this.bearer = bearer;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/api/v1/live/tokens", this::issue));
  }

  private void issue(ServerRequest request, ServerResponse response) {
    Access caller = bearer.access(request);
    Replies.json(
        response,
        Status.CREATED_201,
        new TokenView(site.tokens().apply(caller), site.address(), site.tokenLife().toSeconds()));
  }
}
