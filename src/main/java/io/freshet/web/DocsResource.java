package io.freshet.web;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The API's description and the page that shows it, all from our own jar: nothing is loaded from
 * elsewhere.
 */
public final class DocsResource implements Resource {
  private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/5.34.1/";

  // The page colours itself with style attributes and draws its icons as data addresses.
  private static final Header PAGE_POLICY =
      HeaderValues.createCached(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  private static final Header AN_HOUR =
      HeaderValues.createCached("Cache-Control", "public, max-age=3600");

  @Override
  public List<Route> routes() {
    return List.of(
        file("/openapi.yaml", "/web/openapi.yaml", "application/yaml"),
        file("/docs", "/web/docs.html", "text/html; charset=utf-8"),
        file("/docs/docs.js", "/web/docs.js", "text/javascript; charset=utf-8"),
        file("/docs/swagger-ui.css", SWAGGER_UI + "swagger-ui.css", "text/css; charset=utf-8"),
        file(
            "/docs/swagger-ui-bundle.js",
            SWAGGER_UI + "swagger-ui-bundle.js",
            "text/javascript; charset=utf-8"),
        file("/docs/favicon-32x32.png", SWAGGER_UI + "favicon-32x32.png", "image/png"));
  }

  private static Route file(String path, String resource, String type) {
    byte[] content = read(resource);
    Header contentType = HeaderValues.createCached("Content-Type", type);
    return Route.get(
        path,
        (request, response) -> {
          response.headers().set(contentType).set(PAGE_POLICY).set(AN_HOUR);
          response.send(content);
        });
  }

  private static byte[] read(String resource) {
    try (InputStream stream = DocsResource.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
