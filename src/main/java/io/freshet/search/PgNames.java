package io.freshet.search;

import io.freshet.account.AccountId;
import io.freshet.question.QuestionId;
import io.freshet.question.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Finds people, tags and titles by their beginnings, and by likeness where somebody mistyped. */
final class PgNames {
  /** People and tags that are shown where nothing is spelt as asked. */
  private static final int ALIKE = 20;

  /**
   * The shares of a word's trigrams that must be right, the nearest first: a letter doubled, left
   * out or wrong in a long word; then one in five, or two neighbours.
   */
  private static final List<String> LIKENESS = List.of("0.7", "0.5");

  /**
   * Matches that the nearest are chosen from: where more have it in common, among those that are
   * found first.
   */
  private static final int CHOSEN_FROM = 500;

  /** The index cannot tell what contains less: then a tag must begin so. */
  private static final int TRIGRAM = 3;

  private PgNames() {}

  /** The people whose names are the most like what is asked for. */
  static List<AccountId> alike(Handle handle, Asked asked, int limit) {
    return nearest(
        handle,
        () ->
            PgSearch.bound(
                    handle,
                    """
                    SELECT id FROM (
                      SELECT id, name_words FROM account WHERE btrim(:words) <% name_words AND name_words IS NOT NULL
                      LIMIT :some) AS found
                    ORDER BY word_similarity(btrim(:words), name_words) DESC, id DESC LIMIT :limit
                    """,
                    asked)
                .bind("some", CHOSEN_FROM)
                .bind("limit", Math.min(limit, ALIKE))
                .map((row, context) -> new AccountId(row.getLong(1)))
                .list());
  }

  /** What is much alike if there is any: what is a little alike may be a large part of all. */
  private static <T> List<T> nearest(Handle handle, Supplier<List<T>> alike) {
    for (String least : LIKENESS) {
      int _ =
          handle.execute("SELECT set_config('pg_trgm.word_similarity_threshold', ?, true)", least);
      List<T> found = alike.get();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /** A tag with its place in the list: by how it matches, by number of questions, by a hash. */
  private record Placed(FoundTag tag, Bookmark place) {}

  /** Tags that contain the text, those first that are it or begin so, then most questions first. */
  static Hits<FoundTag> tags(Handle handle, String text, Optional<Bookmark> from, int limit) {
    String tag = tag(text);
    List<Placed> rows =
        handle
            .createQuery(
                """
                SELECT name, questions, level, hash FROM (
                  SELECT name, questions, hashtextextended(name, 0) AS hash,
                         CASE WHEN name = :tag THEN 2 WHEN name LIKE :prefix THEN 1 ELSE 0 END AS level
                  FROM tag WHERE name LIKE :part AND questions > 0) AS found
                WHERE (level, questions, hash) < (:level, :questions, :hash)
                ORDER BY level DESC, questions DESC, hash DESC LIMIT :limit
                """)
            .bind("tag", tag)
            .bind("prefix", literal(tag) + "%")
            .bind("part", (tag.length() < TRIGRAM ? "" : "%") + literal(tag) + "%")
            .bind("level", from.map(mark -> (int) mark.rank()).orElse(Integer.MAX_VALUE))
            .bind("questions", from.map(Bookmark::top).orElse(Long.MAX_VALUE))
            .bind("hash", from.map(Bookmark::id).orElse(Long.MAX_VALUE))
            .bind("limit", limit + 1)
            .map((row, context) ->
                new Placed(
                    new FoundTag(row.getString(1), row.getInt(2)),
                    new Bookmark(row.getInt(2), row.getInt(3), row.getLong(4))))
            .list();
    List<Placed> page = rows.subList(0, Math.min(limit, rows.size()));
    Optional<Bookmark> next =
        rows.size() > limit ? Optional.of(page.getLast().place()) : Optional.empty();
    return new Hits<>(page.stream().map(Placed::tag).toList(), next);
  }

  static List<FoundTag> tagsAlike(Handle handle, String text, int limit) {
    return nearest(
        handle,
        () ->
            handle
                .createQuery(
                    """
                    SELECT name, questions FROM tag WHERE :tag <% name AND questions > 0
                    ORDER BY word_similarity(:tag, name) DESC, questions DESC, name LIMIT :limit
                    """)
                .bind("tag", tag(text))
                .bind("limit", Math.min(limit, ALIKE))
                .map((row, context) -> new FoundTag(row.getString(1), row.getInt(2)))
                .list());
  }

  /** Tags that begin as the whole text or its last word does, most questions first. */
  static List<FoundTag> suggestTags(Handle handle, String text, int limit) {
    String tag = tag(text);
    String last = tag.substring(tag.lastIndexOf('-') + 1);
    return handle
        .createQuery(
            """
            SELECT name, questions FROM tag WHERE (name LIKE :whole OR name LIKE :last) AND questions > 0
            ORDER BY questions DESC, name LIMIT :limit
            """)
        .bind("whole", literal(tag) + "%")
        .bind("last", literal(last.isEmpty() ? tag : last) + "%")
        .bind("limit", limit)
        .map((row, context) -> new FoundTag(row.getString(1), row.getInt(2)))
        .list();
  }

  /** Who has this handle, then those whose names are nearest to what is typed so far. */
  static List<AccountId> suggestPeople(Handle handle, Asked asked, String text, int limit) {
    return PgSearch.bound(
            handle,
            """
            SELECT id FROM (
              (SELECT id, 2 AS rank FROM account WHERE handle = :handle AND removed_at IS NULL)
              UNION ALL
              (SELECT id, similarity(name_words, :words) FROM (
                 SELECT id, name_words FROM account WHERE %s AND name_words IS NOT NULL AND handle <> :handle
                 LIMIT :some) AS found)) AS people
            ORDER BY rank DESC, id DESC LIMIT :limit
            """
                .formatted(Source.likes("name_words", asked.list())),
            asked)
        .bind("handle", text.toLowerCase(Locale.ROOT))
        .bind("some", CHOSEN_FROM)
        .bind("limit", limit)
        .map((row, context) -> new AccountId(row.getLong(1)))
        .list();
  }

  /**
   * Questions in whose titles each word begins one, the newest first. Most are among the newest of
   * all; a prefix that is not is rare enough for the index.
   */
  static List<QuestionId> suggestQuestions(Handle handle, Asked asked, long[] unseen, int limit) {
    Source titles = Source.titles(asked.list());
    List<Match> newest =
        new PgMatches(handle, titles, asked, unseen).walk(Long.MAX_VALUE, PgMatches.SAMPLE, limit);
    List<QuestionId> found =
        new ArrayList<>(newest.stream().map(match -> new QuestionId(match.id())).toList());
    if (found.size() < limit) {
      found.addAll(older(handle, titles, asked, unseen, limit));
    }
    return found.stream().distinct().limit(limit).toList();
  }

  private static List<QuestionId> older(
      Handle handle, Source titles, Asked asked, long[] unseen, int limit) {
    return PgSearch.bound(
            handle,
            """
            SELECT id FROM (SELECT id FROM question WHERE %s AND title_words IS NOT NULL AND author_id <> ALL (:unseen)
                            LIMIT :some) AS found
            ORDER BY id DESC LIMIT :limit
            """
                .formatted(titles.matches()),
            asked)
        .bind("unseen", unseen)
        .bind("some", CHOSEN_FROM)
        .bind("limit", limit)
        .map((row, context) -> new QuestionId(row.getLong(1)))
        .list();
  }

  /** A text in the form of a tag. */
  private static String tag(String text) {
    return Wording.spelling(text).replaceAll("\\s+", "-");
  }

  /** Without the meaning that LIKE gives to some characters. */
  private static String literal(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
