package io.freshet.search;

import java.util.Arrays;
import java.util.List;

/**
 * What somebody searches for, as the database reads it.
 *
 * @param query in the form of a tsquery; empty if nothing is asked for
 * @param loose the same without the order of words in phrases, which the index does not know
 * @param isIndexed whether an index can answer it: not if it only says what must not be there
 * @param words in lower case without accents, of letters and digits only
 */
record Asked(String query, String loose, boolean isIndexed, String words) {
  /** More say nothing new about a name or a title, and each is a condition more. */
  private static final int MOST_WORDS = 8;

  boolean isEmpty() {
    return query.isEmpty();
  }

  /** As names are looked for: not as texts. */
  Asked ofNames() {
    return new Asked(query, loose, true, words);
  }

  List<String> list() {
    return Arrays.stream(words.strip().split(" "))
        .filter(word -> !word.isEmpty())
        .distinct()
        .limit(MOST_WORDS)
        .toList();
  }
}
