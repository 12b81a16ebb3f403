package io.freshet.mail;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of mails: Mustache templates in {@code /mail/<language>/<name>.txt} (whose first line
 * is the subject) and {@code .html}, in which all values are escaped. A value that is missing is a
 * fault. Thread-safe.
 */
public final class Templates {
  /** People say nothing of their language yet. */
  private static final String LANGUAGE = "en";

  private static final int SUBJECT = 150; // characters; what lists of mails show

  private final Map<String, Template> read = new ConcurrentHashMap<>();

  /** The mail of this name with these values in it. */
  public MailText fill(String name, Map<String, ?> values) {
    String text = template(name + ".txt", false).execute(values);
    int line = text.indexOf('\n');
    return new MailText(
        OneLine.of(text.substring(0, line), SUBJECT),
        text.substring(line + 1).strip() + "\n",
        template(name + ".html", true).execute(values));
  }

  private Template template(String file, boolean isHtml) {
    return read.computeIfAbsent(
        file, key -> Mustache.compiler().escapeHTML(isHtml).compile(content(key)));
  }

  private static String content(String file) {
    try (InputStream stream =
        Templates.class.getResourceAsStream("/mail/" + LANGUAGE + "/" + file)) {
      if (stream == null) {
        throw new IllegalStateException("the jar lacks the mail " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
