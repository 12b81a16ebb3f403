package io.freshet.web;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A small page without scripts, from a template in which all values are escaped. Thread-safe. */
final class MailPages {
  private static final Header HTML =
      HeaderValues.createCached("Content-Type", "text/html; charset=utf-8");

  /** Its one form goes to its own address. */
  private static final Header POLICY =
      HeaderValues.createCached(
          "Content-Security-Policy",
          "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

  private final Template template;

  MailPages(String name) {
    this.template =
        Mustache.compiler().emptyStringIsFalse(true).compile(content("/web/mail/" + name));
  }

  void send(ServerResponse response, Map<String, ?> values) {
    response.headers().set(HTML).set(POLICY);
    response.send(template.execute(values).getBytes(StandardCharsets.UTF_8));
  }

  private static String content(String resource) {
    try (InputStream stream = MailPages.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
