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
 * @param candidates the condition for what an index gives, of which each is looked at
 * @param rank how well a hit matches, at least 0
 */
record Source(
    String table, String author, String text, String matches, String candidates, String rank) {
  /** Asked once a statement: a bare cast would be read again for each row. */
  private static final String QUERY = "(SELECT CAST(:query AS tsquery))";

  private static final String LOOSE = "(SELECT CAST(:loose AS tsquery))";

  /**
   * The weights are of D, C, B and A; titles are A and bodies B (V13__search.sql). A title that
   * says all of it comes first, the shorter the better (2 divides by the length); then what says
   * some of it in its title, however often a body does.
   */
  private static final String BY_TITLE =
      """
      CASE WHEN ts_filter(words, '{a}') @@ %1$s THEN 1 + ts_rank(ts_filter(words, '{a}'), %1$s, 2)
           ELSE ts_rank('{0.1, 0.1, 0.2, 1.0}', words, %1$s) END
      """
          .formatted(QUERY);

  static final Source QUESTIONS = ofTexts("question", BY_TITLE);
  static final Source POSTS = ofTexts("post", "ts_rank(words, " + QUERY + ")");

  private static Source ofTexts(String table, String rank) {
    return new Source(table, "author_id", "words", "words @@ " + QUERY, "words @@ " + LOOSE, rank);
  }

  /** Those in whose handle or names each of the words begins one; bound as word0, word1, ... */
  static Source people(List<String> words) {
    String likes = likes("name_words", words);
    return new Source(
        "account", "id", "name_words", likes, likes, "similarity(name_words, :words)");
  }

  /** Questions in whose titles each of the words begins one. */
  static Source titles(List<String> words) {
    String likes = likes("title_words", words);
    return new Source("question", "author_id", "title_words", likes, likes, "CAST(0 AS real)");
  }

  static String likes(String column, List<String> words) {
    return IntStream.range(0, words.size())
        .mapToObj(at -> column + " LIKE :word" + at)
        .collect(Collectors.joining(" AND "));
  }
}
