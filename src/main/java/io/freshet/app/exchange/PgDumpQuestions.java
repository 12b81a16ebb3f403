package io.freshet.app.exchange;

import io.freshet.platform.OperatorException;
import io.freshet.question.Hot;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Writes imported questions and their tags, a batch in one transaction: a row that is new is
 * counted in the transaction that writes it, a row that is there is left alone. So any batch may be
 * written again.
 */
final class PgDumpQuestions {
  private final Jdbi jdbi;

  PgDumpQuestions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A question to write. */
  record Row(
      long id,
      long author,
      String title,
      String body,
      List<String> tags,
      Optional<Instant> editedAt,
      long views) {
    long hot() {
      return Hot.of(id, 0, 0);
    }
  }

  /** How many were new. */
  long write(List<Row> rows) {
    return jdbi.inTransaction(handle -> {
      Set<Long> added = new HashSet<>(insertPosts(handle, rows));
      requireQuestions(handle, rows);
      List<Row> fresh = rows.stream().filter(row -> added.contains(row.id())).toList();
      insertQuestions(handle, fresh);
      insertCounts(handle, fresh);
      insertTags(handle, fresh);
      return (long) added.size();
    });
  }

  /** Tags that no question of the dump bears are there too. */
  void writeTags(List<String> names) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO tag (name) SELECT name FROM unnest(:names) AS given (name) ORDER BY name
                ON CONFLICT DO NOTHING
                """)
            .bind("names", names.toArray(String[]::new))
            .execute());
  }

  /** How many tags there are. */
  static long tags(Jdbi jdbi) {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT count(*) FROM tag").mapTo(Long.class).one());
  }

  /** An instant as text; blank: none. For an array of them, which holds no nulls. */
  static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("");
  }

  private static List<Long> insertPosts(Handle handle, List<Row> rows) {
    return bind(
            rows,
            handle.createQuery(
                """
                INSERT INTO post (id, author_id, text, tags, is_question, edited_at, version)
                SELECT id, author, title, string_to_array(tags, ' '), true,
                       nullif(edited, '')::timestamptz, CASE edited WHEN '' THEN 1 ELSE 2 END
                FROM unnest(:ids, :authors, :titles, :tags, :edited) AS given (id, author, title, tags, edited)
                ON CONFLICT (id) DO NOTHING
                RETURNING id
                """))
        .mapTo(Long.class)
        .list();
  }

  /** An id is of a dump's time and number, so another dump could have it, if hardly ever. */
  private static void requireQuestions(Handle handle, List<Row> rows) {
    long questions =
        handle
            .createQuery("SELECT count(*) FROM post WHERE id = ANY (:ids) AND is_question")
            .bind("ids", ids(rows))
            .mapTo(Long.class)
            .one();
    if (questions != rows.size()) {
      throw new OperatorException(
          "A question of the dump would have the id of a post that another import brought: import this dump into a database of its own.");
    }
  }

  private static void insertQuestions(Handle handle, List<Row> rows) {
    bind(
            rows,
            handle.createUpdate(
                """
                INSERT INTO question (id, author_id, title, body, format, tags, edited_at, version)
                SELECT id, author, title, body, 'html', string_to_array(tags, ' '),
                       nullif(edited, '')::timestamptz, CASE edited WHEN '' THEN 1 ELSE 2 END
                FROM unnest(:ids, :authors, :titles, :tags, :edited, :bodies)
                  AS given (id, author, title, tags, edited, body)
                """))
        .bind("bodies", rows.stream().map(Row::body).toArray(String[]::new))
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(List<Row> rows, S statement) {
    return statement
        .bind("ids", ids(rows))
        .bind("authors", rows.stream().mapToLong(Row::author).toArray())
        .bind("titles", rows.stream().map(Row::title).toArray(String[]::new))
        .bind("tags", rows.stream().map(row -> String.join(" ", row.tags())).toArray(String[]::new))
        .bind("edited", rows.stream().map(row -> text(row.editedAt())).toArray(String[]::new));
  }

  private static void insertCounts(Handle handle, List<Row> rows) {
    handle
        .createUpdate(
            """
            INSERT INTO question_count (question_id, views, hot)
            SELECT * FROM unnest(:ids, :views, :hot)
            """)
        .bind("ids", ids(rows))
        .bind("views", rows.stream().mapToLong(Row::views).toArray())
        .bind("hot", rows.stream().mapToLong(Row::hot).toArray())
        .execute();
  }

  private static void insertTags(Handle handle, List<Row> rows) {
    handle
        .createUpdate(
            """
            INSERT INTO tag (name, questions)
            SELECT name, count(*) FROM question, unnest(tags) AS borne (name) WHERE id = ANY (:ids)
            GROUP BY name ORDER BY name
            ON CONFLICT (name) DO UPDATE SET questions = tag.questions + excluded.questions
            """)
        .bind("ids", ids(rows))
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO question_tag (tag, question_id)
            SELECT name, id FROM question, unnest(tags) AS borne (name) WHERE id = ANY (:ids)
            """)
        .bind("ids", ids(rows))
        .execute();
  }

  private static long[] ids(List<Row> rows) {
    return rows.stream().mapToLong(Row::id).toArray();
  }
}
