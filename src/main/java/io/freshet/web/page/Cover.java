package io.freshet.web.page;

import io.freshet.platform.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a sheet into the shell: title and OpenGraph into the head, what scripts and those without
 * them read into the body. Thread-safe.
 */
final class Cover {
  /** A host that may be repeated in an address: its name or number, perhaps with a port. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250})|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?");

  private final Shell shell;
  private final Optional<String> publicUrl;
  private final PageTemplate head = new PageTemplate("head.html");
  private final PageTemplate body = new PageTemplate("noscript.html");

  Cover(Shell shell, Optional<String> publicUrl) {
    this.shell = shell;
    this.publicUrl = publicUrl;
  }

  /**
   * @param host that the request names
   */
  byte[] of(Sheet sheet, String host) {
    Map<String, String> values =
        sheet.card().map(card -> values(card, base(host))).orElse(Map.of("title", "Freshet"));
    return shell.with(head.of(values), boot(sheet.facts()) + body.of(values));
  }

  private Optional<String> base(String host) {
    return publicUrl.or(
        () -> HOST.matcher(host).matches() ? Optional.of("http://" + host) : Optional.empty());
  }

  private static Map<String, String> values(Card card, Optional<String> base) {
    Map<String, String> values = new HashMap<>();
    values.put("title", card.title() + " – Freshet");
    values.put("name", card.title());
    values.put("description", card.description());
    values.put("type", card.type());
    values.put("address", base.map(it -> it + card.path()).orElse(""));
    String image = card.image().flatMap(it -> absolute(it, base)).orElse("");
    values.put("image", image);
    values.put("preview", image.isEmpty() ? "summary" : "summary_large_image");
    values.put("html", card.html().orElse(""));
    values.put("text", card.text().orElse(""));
    return values;
  }

  private static Optional<String> absolute(String image, Optional<String> base) {
    return image.startsWith("/") ? base.map(it -> it + image) : Optional.of(image);
  }

  /** No browser takes for markup what is in a script, but for these characters. */
  private static String boot(ObjectNode facts) {
    String json =
        Json.MAPPER
            .writeValueAsString(facts)
            .replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
            .replace("\u2028", "\\u2028")
            .replace("\u2029", "\\u2029");
    return "<script type=\"application/json\" id=\"boot\">" + json + "</script>";
  }
}
