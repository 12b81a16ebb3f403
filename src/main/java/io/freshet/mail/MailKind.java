package io.freshet.mail;

import java.util.Locale;

/** What a mail is about; in the database by its lower case. */
public enum MailKind {
  /** Asks whether an address is that of the account. */
  CONFIRM,
  /** Tells who asked of new answers. */
  ANSWERS;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static MailKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
