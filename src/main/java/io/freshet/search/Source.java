package io.freshet.search;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table that is searched, in pieces of SQL.
 *
 * @param author the column that says whose the row is
 * @param text the column that is searched, without a value in rows that nobody may find
 * @param matches the condition for a hit
 * @param rank how well a hit matches, at least 0
 */
record Source(String table, String author, String text, String matches, String rank) {
  /** Asked once a statement: a bare cast would be read again for each row. */
  private static final String QUERY = "(SELECT CAST(:query AS tsquery))";

  /**
   * Of D, C, B and A: however often a body says a word, a title that says it comes first. Bodies
   * and posts are B, titles A (V13__search.sql).
   */
  private static final String RANK = "ts_rank('{0.1, 0.1, 0.2, 1.0}', words, " + QUERY + ")";

  static final Source QUESTIONS = ofTexts("question");
  static final Source POSTS = ofTexts("post");

  private static Source ofTexts(String table) {
    return new Source(table, "author_id", "words", "words @@ " + QUERY, RANK);
  }

  /** Those in whose handle or names each of the words begins one; bound as word0, word1, ... */
  static Source people(List<String> words) {
    return new Source(
        "account",
        "id",
        "name_words",
        likes("name_words", words),
        "similarity(name_words, :words)");
  }

  /** Questions in whose titles each of the words begins one. */
  static Source titles(List<String> words) {
    return new Source(
        "question", "author_id", "title_words", likes("title_words", words), "CAST(0 AS real)");
  }

  static String likes(String column, List<String> words) {
    return IntStream.range(0, words.size())
        .mapToObj(at -> column + " LIKE :word" + at)
        .collect(Collectors.joining(" AND "));
  }
}
