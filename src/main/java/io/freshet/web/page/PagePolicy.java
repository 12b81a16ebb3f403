package io.freshet.web.page;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.net.URI;
import java.util.Optional;

/** What the page may load, run and connect to: its own files, and hosts that the settings name. */
final class PagePolicy {
  private PagePolicy() {}

  /**
   * @param media where files of media are fetched: a path of ours, or an address
   * @param live where live connections go instead of this server
   */
  static Header of(String media, Optional<String> live) {
    return HeaderValues.createCached(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
            + " img-src 'self' https: data: blob:"
            + plainly(media)
            + "; media-src 'self' blob:"
            + (media.startsWith("/") ? "" : " " + origin(media))
            + "; connect-src 'self'"
            + live.map(it -> " " + origin(it) + " " + origin(it.replaceFirst("^ws", "http")))
                .orElse("")
            + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types freshet");
  }

  /** Pictures come encrypted, but for those of a CDN that an operator tries out. */
  private static String plainly(String media) {
    return media.startsWith("http:") ? " " + origin(media) : "";
  }

  private static String origin(String address) {
    URI uri = URI.create(address);
    return uri.getScheme() + "://" + uri.getAuthority();
  }
}
