package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.account.Tokens;
import io.freshet.web.Answers;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.freshet.web.WebException;
import io.freshet.web.limits.RateLimits;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Signing in: a handle and a password become a token. */
public final class SessionsResource implements Resource {
  private final Accounts accounts;
  private final Tokens tokens;
  private final Bodies bodies;
  private final RateLimits limits;

  public SessionsResource(Accounts accounts, Tokens tokens, Bodies bodies, RateLimits limits) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.bodies = bodies;
    this.limits = limits;
  }

  record Credentials(
      @JsonProperty(required = true) String handle,
      @JsonProperty(required = true) String password) {}

  /** The token with its lifetime in seconds. */
  record Session(String token, long expiresIn, AccountView account) {}

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/api/v1/sessions", this::signIn));
  }

  private void signIn(ServerRequest request, ServerResponse response) {
    Credentials body = bodies.read(request, Credentials.class);
    limits.attempt(body.handle(), response);
    AccountId id =
        accounts.signIn(body.handle(), body.password()).orElseThrow(SessionsResource::wrong);
    Account account = accounts.find(id).orElseThrow(SessionsResource::wrong);
    Session session =
        new Session(tokens.issue(id), tokens.lifetime().toSeconds(), AccountView.of(account));
    Answers.json(response, Status.CREATED_201, session);
  }

  /** The same whether the handle or the password is wrong: nobody learns who has an account. */
  private static WebException wrong() {
    return Bearer.refused("The handle or the password is wrong", "Bearer realm=\"freshet\"");
  }
}
