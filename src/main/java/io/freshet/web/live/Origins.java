package io.freshet.web.live;

import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.SameOrigin;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/**
 * Whose pages may open live connections. A browser says where the page comes from, and what says
 * nothing is no browser: it is let in, for it could say anything.
 */
public final class Origins {
  private static final String ANY = "*";

  /** Seconds that a browser may remember our answer: the most that any of them does. */
  private static final String REMEMBERED = "86400";

  private final List<String> allowed;

  /**
   * @param allowed origins such as {@code https://feed.example}, besides the server's own host;
   *     {@code *} is any
   */
  public Origins(List<String> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** Refuses with 403 a request made by a page from elsewhere. */
  void require(ServerRequest request) {
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    if (origin.isPresent()
        && !allows(origin.get(), request.headers().first(HeaderNames.HOST).orElse(""))) {
      throw Problem.of(
              ProblemKind.ORIGIN_NOT_ALLOWED, "The setting live.origins names who may besides us")
          .thrown();
    }
  }

  /**
   * Refuses with 403 what is not a page of this server or of one that is named: for callers known
   * by a cookie, which browsers send for any page.
   */
  void requireExact(ServerRequest request) {
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    String host = request.headers().first(HeaderNames.HOST).orElse("");
    if (origin
        .filter(it -> SameOrigin.isOf(host, it) || allowed.stream().anyMatch(it::equalsIgnoreCase))
        .isEmpty()) {
      throw Problem.of(
              ProblemKind.ORIGIN_NOT_ALLOWED,
              "The cookie opens live connections for pages of this server, and those of live.origins")
          .thrown();
    }
  }

  /** Refuses a page from elsewhere, and tells the browser that this one may read the answer. */
  void admit(ServerRequest request, ServerResponse response) {
    require(request);
    response.headers().set(HeaderNames.VARY, "Origin");
    request
        .headers()
        .first(HeaderNames.ORIGIN)
        .ifPresent(
            origin -> response.headers().set(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin));
  }

  /** Answers what a browser asks before it sends a page's request. */
  void preflight(ServerRequest request, ServerResponse response) {
    admit(request, response);
    response.headers().set(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
    response.headers().set(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Accept, Content-Type");
    response.headers().set(HeaderNames.ACCESS_CONTROL_MAX_AGE, REMEMBERED);
    response.status(Status.NO_CONTENT_204);
    response.send();
  }

  boolean allows(String origin, String host) {
    return SameOrigin.isOf(host, origin)
        || allowed.contains(ANY)
        || allowed.stream().anyMatch(origin::equalsIgnoreCase);
  }
}
