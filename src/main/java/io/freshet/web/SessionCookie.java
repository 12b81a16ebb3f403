package io.freshet.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.SetCookie;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The page's cookie. Its prefix has the browser take it only over TLS (or from localhost), from
 * this host alone and for every path; no script reads it, and it does not come along with what
 * other sites post.
 */
public final class SessionCookie {
  public static final String NAME = "__Host-sid";

  private SessionCookie() {}

  static Optional<String> of(ServerRequest request) {
    return request.headers().contains(HeaderNames.COOKIE)
        ? request.headers().cookies().first(NAME).asOptional()
        : Optional.empty();
  }

  public static void set(ServerResponse response, String value, Duration age) {
    response.headers().addCookie(cookie(value).maxAge(age).build());
  }

  /** Has the browser forget it. */
  public static void clear(ServerResponse response) {
    response.headers().addCookie(cookie("").expires(Instant.EPOCH).build());
  }

  private static SetCookie.Builder cookie(String value) {
    return SetCookie.builder(NAME, value)
        .path("/")
        .secure(true)
        .httpOnly(true)
        .sameSite(SetCookie.SameSite.LAX);
  }
}
