package io.freshet.web.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A piece of HTML in which all values are escaped. Thread-safe. */
final class PageTemplate {
  private static final PageFiles PIECES = new PageFiles("/web/shell");

  private final Template template;

  PageTemplate(String name) {
    byte[] text =
        PIECES
            .read(name)
            .orElseThrow(() -> new IllegalStateException("the jar lacks the template " + name));
    this.template =
        Mustache.compiler()
            .emptyStringIsFalse(true)
            .compile(new String(text, StandardCharsets.UTF_8));
  }

  String of(Map<String, ?> values) {
    return template.execute(values);
  }
}
