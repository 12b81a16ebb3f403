package io.freshet.web.page;

import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that the page loads, kept in memory once they were asked for (some 200 KB in all), in
 * the compressed form that the browser takes if the build left one. A file under {@code /assets}
 * never changes, for its name holds a hash of it.
 */
public final class AssetsResource implements Resource {
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "webp", "image/webp",
          "woff2", "font/woff2",
          "json", "application/json");

  /**
   * A name, as of {@code jsxRuntime.module-1a2b3c4d}, and one known ending: neither a way to other
   * folders nor to a compressed form.
   */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-]{1,100}(?:\\.[A-Za-z0-9_-]{1,100})?\\.([a-z0-9]{2,11})");

  private static final Header FOR_EVER =
      HeaderValues.createCached("Cache-Control", "public, max-age=31536000, immutable");
  private static final Header AN_HOUR =
      HeaderValues.createCached("Cache-Control", "public, max-age=3600");
  private static final Header VARY = HeaderValues.createCached("Vary", "Accept-Encoding");

  /** A drawing may colour itself, and do nothing else. */
  private static final Header DRAWING_POLICY =
      HeaderValues.createCached(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");

  /** A form in which a file can be sent. */
  private enum Form {
    BR,
    GZIP,
    PLAIN;

    String ending() {
      return switch (this) {
        case BR -> ".br";
        case GZIP -> ".gz";
        case PLAIN -> "";
      };
    }
  }

  private final PageFiles files;

  /** Only files that are there: nobody fills it with names. */
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

  public AssetsResource(PageSite site) {
    this.files = site.files();
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(
            "/assets/{name}",
            (request, response) -> {
              String name = request.path().pathParameters().get("name");
              send(request, response, "assets/", name, FOR_EVER);
            }),
        own("icon.svg"));
  }

  private Route own(String name) {
    return Route.get("/" + name, (request, response) -> send(request, response, "", name, AN_HOUR));
  }

  private void send(
      ServerRequest request, ServerResponse response, String folder, String name, Header caching) {
    Matcher matcher = NAME.matcher(name);
    String type = matcher.matches() ? TYPES.get(matcher.group(1)) : null;
    if (type == null) {
      throw Problem.of(ProblemKind.NOT_FOUND, "The page has no such file").thrown();
    }
    String accepted = request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse("");
    for (Form form : Form.values()) {
      Optional<byte[]> content =
          takes(accepted, form) ? read(folder + name + form.ending()) : Optional.empty();
      if (content.isPresent()) {
        response.headers().set(caching).set(VARY).set(HeaderNames.CONTENT_TYPE, type);
        describe(response, type, form);
        response.send(content.get());
        return;
      }
    }
    throw Problem.of(ProblemKind.NOT_FOUND, "The page has no such file").thrown();
  }

  private static void describe(ServerResponse response, String type, Form form) {
    if (type.equals(TYPES.get("svg"))) {
      response.headers().set(DRAWING_POLICY);
    }
    if (form != Form.PLAIN) {
      response.headers().set(HeaderNames.CONTENT_ENCODING, form.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Whether the header names the form, and not as one that is not wanted. */
  private static boolean takes(String accepted, Form form) {
    if (form == Form.PLAIN) {
      return true;
    }
    for (String each : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = each.strip().split("\\s*;\\s*", 2);
      if (parts[0].equals(form.name().toLowerCase(Locale.ROOT))) {
        return parts.length < 2 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private Optional<byte[]> read(String path) {
    byte[] known = kept.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<byte[]> found = files.read(path);
    found.ifPresent(content -> kept.put(path, content));
    return found;
  }
}
