package io.freshet.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a browser sends a request for a page of this very server. A cookie comes along with
 * requests of any page, so what it is to permit is asked of the browser: by {@code Sec-Fetch-Site},
 * which pages cannot set, or by {@code Origin}.
 */
public final class SameOrigin {
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

  /** What browsers send: no user, no path. */
  private static final Pattern FORM = Pattern.compile("(?i)https?://[^/@?#\\\\]+");

  private SameOrigin() {}

  /** Refuses with 403 what no page of ours has asked for. */
  public static void require(ServerRequest request) {
    Optional<String> site = request.headers().first(FETCH_SITE);
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    boolean isOurs =
        origin.map(it -> isOf(host(request), it)).orElse(site.isPresent())
            && site.map("same-origin"::equals).orElse(true);
    if (!isOurs) {
      throw Problem.of(
              ProblemKind.ORIGIN_NOT_ALLOWED,
              "What the cookie permits only pages of this server may do; others send a token")
          .thrown();
    }
  }

  private static String host(ServerRequest request) {
    return request.headers().first(HeaderNames.HOST).orElse("");
  }

  /** Whether pages of this origin are served by this host. */
  public static boolean isOf(String host, String origin) {
    if (!FORM.matcher(origin).matches()) {
      return false;
    }
    try {
      URI page = URI.create(origin);
      URI server = URI.create(page.getScheme() + "://" + host);
      return page.getHost() != null
          && page.getHost().equalsIgnoreCase(server.getHost())
          && port(page) == port(server);
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equals(address.getScheme()) ? 443 : 80;
  }
}
