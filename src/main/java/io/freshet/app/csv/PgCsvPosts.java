package io.freshet.app.csv;

import io.freshet.platform.OperatorException;
import io.freshet.post.TextEntities;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes posts with their hashtags and mentions, in the transaction of whoever calls. */
final class PgCsvPosts {
  private PgCsvPosts() {}

  /** A post to write. */
  record Row(long id, long author, String text, TextEntities entities) {}

  /** A text of an author. */
  record Known(long author, String text) {}

  /** Which of these their authors have written already. */
  static Set<Known> known(Handle handle, List<Known> asked) {
    return new HashSet<>(
        handle
            .createQuery(
                """
                SELECT author_id, text FROM unnest(:authors, :texts) AS given (author, wanted)
                JOIN post ON author_id = author AND text = wanted
                """)
            .bind("authors", asked.stream().mapToLong(Known::author).toArray())
            .bind("texts", asked.stream().map(Known::text).toArray(String[]::new))
            .map((row, _) -> new Known(row.getLong(1), row.getString(2)))
            .list());
  }

  /** How many were new. */
  static long insert(Handle handle, List<Row> rows) {
    Set<String> named =
        rows.stream().flatMap(row -> row.entities().handles().stream()).collect(Collectors.toSet());
    Map<String, Long> mentioned = PgCsvPeople.find(handle, List.copyOf(named));
    long[] ids = rows.stream().mapToLong(Row::id).toArray();
    long[] authors = rows.stream().mapToLong(Row::author).toArray();
    List<Long> added =
        handle
            .createQuery(
                """
                INSERT INTO post (id, author_id, text, mentioned, tags)
                SELECT id, author, text, string_to_array(mentioned, ' ')::bigint[], string_to_array(tags, ' ')
                FROM unnest(:ids, :authors, :texts, :mentioned, :tags) AS given (id, author, text, mentioned, tags)
                ON CONFLICT (id) DO NOTHING
                RETURNING id
                """)
            .bind("ids", ids)
            .bind("authors", authors)
            .bind("texts", rows.stream().map(Row::text).toArray(String[]::new))
            .bind(
                "mentioned",
                rows.stream().map(row -> mentioned(row, mentioned)).toArray(String[]::new))
            .bind(
                "tags",
                rows.stream()
                    .map(row -> String.join(" ", row.entities().tags()))
                    .toArray(String[]::new))
            .mapTo(Long.class)
            .list();
    requireSame(handle, ids, authors);
    handle
        .createUpdate(
            """
            INSERT INTO post_tag (tag, post_id) SELECT tag, id FROM post, unnest(tags) AS borne (tag)
            WHERE id = ANY (:added) ORDER BY tag, id
            """)
        .bind("added", added.stream().mapToLong(Long::longValue).toArray())
        .execute();
    return added.size();
  }

  private static String mentioned(Row row, Map<String, Long> ids) {
    return row.entities().handles().stream()
        .map(ids::get)
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  /** An id is of a time and a hash, so another import could have it, if hardly ever. */
  private static void requireSame(Handle handle, long[] ids, long[] authors) {
    long same =
        handle
            .createQuery(
                "SELECT count(*) FROM unnest(:ids, :authors) AS given (id, author) JOIN post USING (id) WHERE author = author_id")
            .bind("ids", ids)
            .bind("authors", authors)
            .mapTo(Long.class)
            .one();
    if (same != ids.length) {
      throw new OperatorException(
          "A post of the file would have the id of a post that another import brought; nothing was imported. Another --key-column gives it another id.");
    }
  }
}
