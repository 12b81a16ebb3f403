package io.freshet.web.limits;

import io.freshet.web.Route;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which operations have a limit of their own, and which have none. All others count towards the
 * caller's general limit alone.
 */
final class Actions {
  static final Map<String, Limit> OWN =
      Map.ofEntries(
          Map.entry("POST /api/v1/accounts", Limit.SIGN_UP),
          Map.entry("POST /user/register", Limit.SIGN_UP),
          Map.entry("POST /api/v1/sessions", Limit.SIGN_IN),
          Map.entry("POST /login", Limit.SIGN_IN),
          Map.entry("PUT /api/v1/accounts/me/password", Limit.SIGN_IN),
          Map.entry("DELETE /api/v1/accounts/me", Limit.SIGN_IN),
          Map.entry("POST /api/v1/posts", Limit.POST),
          Map.entry("PUT /api/v1/posts/{id}", Limit.POST),
          Map.entry("POST /feed", Limit.POST),
          Map.entry("PUT /api/v1/posts/{id}/share", Limit.POST),
          Map.entry("POST /api/v1/posts/{id}/comments", Limit.COMMENT),
          Map.entry("POST /api/v1/questions", Limit.POST),
          Map.entry("PUT /api/v1/questions/{id}", Limit.POST),
          Map.entry("POST /api/v1/questions/{id}/answers", Limit.COMMENT),
          Map.entry("PUT /api/v1/answers/{id}", Limit.COMMENT),
          Map.entry("POST /post/create", Limit.POST),
          Map.entry("PUT /post/update", Limit.POST),
          Map.entry("PUT /api/v1/accounts/me/mail", Limit.MAIL),
          Map.entry("POST /api/v1/media", Limit.UPLOAD),
          Map.entry("GET /media/{name}", Limit.DOWNLOAD),
          Map.entry("GET /assets/{name}", Limit.DOWNLOAD),
          Map.entry("GET /icon.svg", Limit.DOWNLOAD),
          Map.entry("GET /connection/websocket", Limit.LIVE),
          Map.entry("GET /connection/sse", Limit.LIVE),
          Map.entry("POST /connection/http_stream", Limit.LIVE),
          Map.entry("POST /emulation", Limit.LIVE),
          Map.entry("GET /post/feed/posted", Limit.LIVE));

  /** The probes of those who run the server, and the server API, which has a key instead. */
  static final Set<String> FREE =
      Set.of("GET /health/live", "GET /health/ready", "GET /metrics", "POST /api/{method}");

  private Actions() {}

  static boolean isFree(Route route) {
    return FREE.contains(name(route));
  }

  static Optional<Limit> own(Route route) {
    return Optional.ofNullable(OWN.get(name(route)));
  }

  static String name(Route route) {
    return route.method().text() + " " + route.path();
  }
}
