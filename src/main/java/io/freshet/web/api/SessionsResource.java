package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.Access;
import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.account.Client;
import io.freshet.account.Session;
import io.freshet.account.SessionId;
import io.freshet.account.Sessions;
import io.freshet.account.Sessions.Opened;
import io.freshet.account.Tokens;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.freshet.web.SameOrigin;
import io.freshet.web.SessionCookie;
import io.freshet.web.WebException;
import io.freshet.web.limits.RateLimits;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Signing in and what comes of it: a handle and a password become a session, which is carried on by
 * a refresh token or by the page's cookie, listed, and ended.
 */
public final class SessionsResource implements Resource {
  private static final String PATH = "/api/v1/sessions";
  private static final String LIST = "sessions";

  private final Accounts accounts;
  private final Sessions sessions;
  private final Tokens tokens;
  private final Bearer bearer;
  private final Bodies bodies;
  private final RateLimits limits;

  public SessionsResource(
      Accounts accounts,
      Sessions sessions,
      Tokens tokens,
      Bearer bearer,
      Bodies bodies,
      RateLimits limits) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.tokens = tokens;
    this.bearer = bearer;
    this.bodies = bodies;
    this.limits = limits;
  }

  record Credentials(
      @JsonProperty(required = true) String handle,
      @JsonProperty(required = true) String password,
      Optional<Boolean> cookie) {}

  record Refresh(@JsonProperty(required = true) String refreshToken) {}

  record PasswordChange(
      @JsonProperty(required = true) String current,
      @JsonProperty(value = "new", required = true) String wanted) {}

  /** The token with its lifetime in seconds; by cookie neither is told. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record SessionView(
      String id,
      Optional<String> token,
      long expiresIn,
      Optional<String> refreshToken,
      Optional<AccountView> account) {}

  record ListedView(
      String id,
      String kind,
      boolean current,
      String client,
      String network,
      Instant createdAt,
      Instant lastUsedAt,
      Instant expiresAt) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post(PATH, this::signIn),
        Route.post(PATH + "/refresh", this::refresh),
        Route.get(PATH, this::list),
        Route.delete(PATH, this::endOthers),
        Route.delete(PATH + "/current", this::signOut),
        Route.delete(PATH + "/{id}", this::end),
        Route.put("/api/v1/accounts/me/password", this::changePassword));
  }

  private void signIn(ServerRequest request, ServerResponse response) {
    Credentials body = bodies.read(request, Credentials.class);
    limits.attempt(body.handle(), response);
    boolean byCookie = body.cookie().orElse(false);
    if (byCookie) {
      // Nobody is to be signed in unawares as somebody else.
      SameOrigin.require(request);
    }
    Session.Kind kind = byCookie ? Session.Kind.COOKIE : Session.Kind.TOKEN;
    Opened opened =
        sessions
            .signIn(body.handle(), body.password(), kind, client(request, limits))
            .orElseThrow(SessionsResource::wrong);
    Account account =
        accounts.find(opened.session().account()).orElseThrow(SessionsResource::wrong);
    Optional<AccountView> whose = Optional.of(AccountView.of(account));
    if (byCookie) {
      SessionCookie.set(response, opened.secret(), sessions.life());
    }
    Replies.json(
        response,
        Status.CREATED_201,
        byCookie ? cookieView(opened.session(), whose) : view(opened, whose));
  }

  private SessionView cookieView(Session session, Optional<AccountView> account) {
    return new SessionView(
        session.id().toString(),
        Optional.empty(),
        sessions.life().toSeconds(),
        Optional.empty(),
        account);
  }

  private SessionView view(Opened opened, Optional<AccountView> account) {
    return new SessionView(
        opened.session().id().toString(),
        Optional.of(tokens.issue(opened.session().access(), tokens.lifetime())),
        tokens.lifetime().toSeconds(),
        Optional.of(opened.secret()),
        account);
  }

  /** What the program calls itself, and where it is. */
  public static Client client(ServerRequest request, RateLimits limits) {
    return Client.of(
        request.headers().first(HeaderNames.USER_AGENT).orElse(""),
        limits.address(request).getHostAddress());
  }

  private void refresh(ServerRequest request, ServerResponse response) {
    Opened opened =
        sessions
            .refresh(bodies.read(request, Refresh.class).refreshToken())
            .orElseThrow(() ->
                Bearer.refused(
                    "The refresh token is not valid, or no longer: sign in again",
                    "Bearer realm=\"freshet\", error=\"invalid_token\""));
    Replies.json(response, Status.OK_200, view(opened, Optional.empty()));
  }

  private void list(ServerRequest request, ServerResponse response) {
    Access access = bearer.access(request);
    Replies.page(
        request,
        response,
        LIST,
        sessions.list(access.account(), Params.before(request, LIST), Params.limit(request)),
        session -> listed(session, access));
  }

  private static ListedView listed(Session session, Access access) {
    return new ListedView(
        session.id().toString(),
        session.kind().name().toLowerCase(Locale.ROOT),
        access.session().equals(Optional.of(session.id())),
        session.client().name(),
        session.client().network(),
        session.createdAt(),
        session.lastUsed(),
        session.expires());
  }

  private void end(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    SessionId id = new SessionId(Params.pathId(request, "id"));
    if (!sessions.end(caller, id)) {
      throw Problem.of(ProblemKind.NOT_FOUND, "You have no session " + id).thrown();
    }
    Replies.noContent(response);
  }

  private void endOthers(ServerRequest request, ServerResponse response) {
    Access access = bearer.access(request);
    sessions.endOthers(access.account(), access.session());
    Replies.noContent(response);
  }

  private void signOut(ServerRequest request, ServerResponse response) {
    Access access = bearer.access(request);
    access.session().ifPresent(session -> sessions.end(access.account(), session));
    if (bearer.isByCookie(request)) {
      SessionCookie.clear(response);
    }
    Replies.noContent(response);
  }

  private void changePassword(ServerRequest request, ServerResponse response) {
    Access access = bearer.access(request);
    PasswordChange body = bodies.read(request, PasswordChange.class);
    sessions.changePassword(access, body.current(), body.wanted());
    Replies.noContent(response);
  }

  /** The same whether the handle or the password is wrong: nobody learns who has an account. */
  private static WebException wrong() {
    return Bearer.refused("The handle or the password is wrong", "Bearer realm=\"freshet\"");
  }
}
