package io.freshet.question;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The text of a question or an answer, as its author wrote it. */
public record Body(String text, Format format) {
  /** How it is written; in the database and in JSON by its lower case. */
  public enum Format {
    /** CommonMark, in which HTML is text. */
    MARKDOWN,
    /** What {@link SafeHtml} lets through: of imported texts. */
    HTML;

    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Format of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  public static Body markdown(String text) {
    return new Body(text, Format.MARKDOWN);
  }

  /** Safe to show as it stands. */
  public String html() {
    return switch (format) {
      case MARKDOWN -> SafeHtml.ofMarkdown(text);
      case HTML -> SafeHtml.clean(text);
    };
  }
}
