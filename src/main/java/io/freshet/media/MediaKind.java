package io.freshet.media;

import java.util.Locale;

/** What a medium is. */
public enum MediaKind {
  IMAGE,
  VIDEO;

  /** As JSON and the database have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static MediaKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
