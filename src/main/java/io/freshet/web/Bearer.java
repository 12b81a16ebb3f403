package io.freshet.web;

import io.freshet.account.AccountId;
import io.freshet.account.Tokens;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** Who is calling, by the token in {@code Authorization: Bearer} or {@code X-Auth}. */
public final class Bearer {
  private static final HeaderName X_AUTH = HeaderNames.create("X-Auth");
  private static final String SCHEME = "Bearer ";

  private final Tokens tokens;

  public Bearer(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The caller; without a token, or with one that is not valid, the answer is 401. */
  public AccountId caller(ServerRequest request) {
    return callerIfAny(request)
        .orElseThrow(() ->
            refused(
                "This needs a token: Authorization: Bearer <token>, from POST /api/v1/sessions",
                "Bearer realm=\"freshet\""));
  }

  /** The caller, if a token came along; one that is not valid is refused rather than overlooked. */
  public Optional<AccountId> callerIfAny(ServerRequest request) {
    Optional<String> token = token(request);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    Optional<AccountId> caller = tokens.verify(token.get());
    if (caller.isEmpty()) {
      throw refused(
          "The token is not valid, or no longer: sign in again",
          "Bearer realm=\"freshet\", error=\"invalid_token\"");
    }
    return caller;
  }

  /** Whose valid token came along, if one did. */
  public Optional<AccountId> known(ServerRequest request) {
    return token(request).flatMap(tokens::verify);
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
