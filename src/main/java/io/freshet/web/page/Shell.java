package io.freshet.web.page;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The page's one HTML file, cut at the marks where each answer puts something in: {@value #HEAD}
 * and {@value #BOOT}.
 */
record Shell(String start, String middle, String end) {
  static final String HEAD = "<!-- page:head -->";
  static final String BOOT = "<!-- page:boot -->";

  /** Empty if the jar was built without the page. */
  static Optional<Shell> in(PageFiles files) {
    return files.read("index.html").map(html -> cut(new String(html, StandardCharsets.UTF_8)));
  }

  private static Shell cut(String html) {
    int head = html.indexOf(HEAD);
    int boot = html.indexOf(BOOT);
    if (head < 0 || boot < head) {
      throw new IllegalStateException(
          "index.html of the page lacks " + HEAD + " in its head or " + BOOT + " in its body");
    }
    return new Shell(
        html.substring(0, head),
        html.substring(head + HEAD.length(), boot),
        html.substring(boot + BOOT.length()));
  }

  byte[] with(String head, String boot) {
    return (start + head + middle + boot + end).getBytes(StandardCharsets.UTF_8);
  }
}
