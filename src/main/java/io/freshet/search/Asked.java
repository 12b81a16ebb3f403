package io.freshet.search;

import java.util.Arrays;
import java.util.List;

/**
 * What somebody searches for, as the database reads it.
 *
 * @param query in the form of a tsquery; empty if nothing is asked for
 * @param isIndexed whether an index can answer it: not if it only says what must not be there
 * @param words in lower case without accents, of letters and digits only
 */
record Asked(String query, boolean isIndexed, String words) {
  /** More say nothing new about a name or a title, and each is a condition more. */
  private static final int MOST_WORDS = 8;

  boolean isEmpty() {
    return query.isEmpty();
  }

  List<String> list() {
    return Arrays.stream(words.strip().split(" "))
        .filter(word -> !word.isEmpty())
        .distinct()
        .limit(MOST_WORDS)
        .toList();
  }
}
