package io.freshet.app.exchange;

import java.util.Locale;
import java.util.Optional;

/**
 * The handles of a dump's people: the prefix and the number of the user; of who is gone from the
 * site, what is left of the name; of who left no name, the text's number, so that nobody gets words
 * of another.
 */
record Handles(String prefix) {
  private static final long COMMUNITY = -1;
  private static final int NAME = 12;
  private static final int HASHES = 0x10000;

  String ofUser(long user) {
    return user == COMMUNITY ? prefix + "_community" : prefix + user;
  }

  /**
   * Of a text's author.
   *
   * @param text a letter for the kind of text, and its number
   */
  String ofAuthor(Optional<Long> user, Optional<String> name, String text) {
    return user.map(this::ofUser)
        .or(() -> name.map(this::ofName))
        .orElseGet(() -> prefix + "_" + text);
  }

  private String ofName(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String cut = plain.substring(0, Math.min(NAME, plain.length()));
    return cut.equals(name)
        ? prefix + "_" + cut
        : prefix + "_" + cut + "_" + Integer.toHexString(Math.floorMod(name.hashCode(), HASHES));
  }
}
