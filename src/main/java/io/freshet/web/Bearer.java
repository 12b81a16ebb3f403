package io.freshet.web;

import io.freshet.account.Access;
import io.freshet.account.AccountId;
import io.freshet.account.Standing;
import io.freshet.account.Tokens;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.Set;

/**
 * Who is calling: by the token in {@code Authorization: Bearer} or {@code X-Auth}, else by the
 * page's cookie, which changes things only for pages of this server.
 */
public final class Bearer {
  private static final HeaderName X_AUTH = HeaderNames.create("X-Auth");
  private static final String SCHEME = "Bearer ";
  private static final Set<Method> SAFE = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);

  private final Tokens tokens;
  private final Standing standing;

  public Bearer(Tokens tokens, Standing standing) {
    this.tokens = tokens;
    this.standing = standing;
  }

  /** The caller; without a token, or with one that is not valid, the answer is 401. */
  public AccountId caller(ServerRequest request) {
    return access(request).account();
  }

  /** The caller and their session; the same 401. */
  public Access access(ServerRequest request) {
    return accessIfAny(request)
        .orElseThrow(() ->
            refused(
                "This needs a token: Authorization: Bearer <token>, from POST /api/v1/sessions",
                "Bearer realm=\"freshet\""));
  }

  /** The caller, if a token came along; one that is not valid is refused rather than overlooked. */
  public Optional<AccountId> callerIfAny(ServerRequest request) {
    return accessIfAny(request).map(Access::account);
  }

  private Optional<Access> accessIfAny(ServerRequest request) {
    Optional<String> token = token(request);
    if (token.isEmpty()) {
      return byCookie(request);
    }
    Optional<Access> access = tokens.verify(token.get()).filter(standing::stands);
    if (access.isEmpty()) {
      throw refused(
          "The token is not valid, or no longer: sign in again",
          "Bearer realm=\"freshet\", error=\"invalid_token\"");
    }
    return access;
  }

  /** A cookie that is not good any more is one that nobody sent: browsers send it by themselves. */
  private Optional<Access> byCookie(ServerRequest request) {
    Optional<Access> access = SessionCookie.of(request).flatMap(standing::byCookie);
    if (access.isPresent() && !SAFE.contains(request.prologue().method())) {
      SameOrigin.require(request);
    }
    return access;
  }

  /** Whose page asks: by the cookie alone, for a page is opened by an address. */
  public Optional<AccountId> pageCaller(ServerRequest request) {
    return byCookie(request).map(Access::account);
  }

  /** Whether the caller is known by the cookie alone. */
  public boolean isByCookie(ServerRequest request) {
    return token(request).isEmpty() && SessionCookie.of(request).isPresent();
  }

  /** Whose valid token came along, if one did. */
  public Optional<AccountId> known(ServerRequest request) {
    Optional<String> token = token(request);
    return token.isPresent()
        ? tokens.verify(token.get()).map(Access::account)
        : SessionCookie.of(request).flatMap(standing::byCookie).map(Access::account);
  }

  /** What a 401 answers with: the detail for people, the challenge for clients. */
  public static WebException refused(String detail, String challenge) {
    return Problem.of(ProblemKind.UNAUTHORIZED, detail)
        .withHeader("WWW-Authenticate", challenge)
        .thrown();
  }

  private static Optional<String> token(ServerRequest request) {
    if (request.headers().contains(HeaderNames.AUTHORIZATION)) {
      String value = request.headers().get(HeaderNames.AUTHORIZATION).get();
      boolean bearer = value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
      return Optional.of(bearer ? value.substring(SCHEME.length()).strip() : "");
    }
    return request.headers().first(X_AUTH).map(String::strip);
  }
}
