package io.freshet.notification;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What somebody did that concerns somebody else; in the database and in JSON by its lower case. */
public enum Kind {
  FOLLOW,
  LIKE,
  COMMENT,
  SHARE,
  MENTION,

  /** Of a question of the recipient's. */
  ANSWER,

  /** Of an answer of the recipient's, by who asked. */
  ACCEPTED;

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Kind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
