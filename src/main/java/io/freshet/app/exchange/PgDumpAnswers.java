package io.freshet.app.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Writes imported answers as {@link PgDumpQuestions} does questions. */
final class PgDumpAnswers {
  private final Jdbi jdbi;

  PgDumpAnswers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * An answer to write.
   *
   * @param question our id of it
   */
  record Row(
      long id,
      long question,
      long author,
      String body,
      Optional<Instant> editedAt,
      boolean accepted) {}

  /** How many were new. */
  long write(List<Row> rows, Losses losses) {
    return jdbi.inTransaction(handle -> {
      Set<Long> living =
          PgDumpCounts.lockQuestions(handle, rows.stream().mapToLong(Row::question).toArray());
      List<Row> answerable = rows.stream().filter(row -> living.contains(row.question())).toList();
      losses.add(Loss.ON_DELETED, rows.size() - answerable.size());
      if (answerable.isEmpty()) {
        return 0L;
      }
      long[] answered = insert(handle, answerable);
      PgDumpCounts.countAnswers(handle, answered);
      return (long) answered.length;
    });
  }

  /** An answer that somebody has accepted here meanwhile stays the accepted one. */
  private static long[] insert(Handle handle, List<Row> rows) {
    return handle
        .createQuery(
            """
            INSERT INTO answer (id, question_id, author_id, body, format, edited_at, version, accepted, counted)
            SELECT id, question, author, body, 'html',
                   nullif(edited, '')::timestamptz, CASE edited WHEN '' THEN 1 ELSE 2 END,
                   accepting AND NOT EXISTS (SELECT FROM answer WHERE question_id = question AND accepted), true
            FROM unnest(:ids, :questions, :authors, :bodies, :edited, :accepted)
              AS given (id, question, author, body, edited, accepting)
            ON CONFLICT (id) DO NOTHING
            RETURNING question_id
            """)
        .bind("ids", rows.stream().mapToLong(Row::id).toArray())
        .bind("questions", rows.stream().mapToLong(Row::question).toArray())
        .bind("authors", rows.stream().mapToLong(Row::author).toArray())
        .bind("bodies", rows.stream().map(Row::body).toArray(String[]::new))
        .bind(
            "edited",
            rows.stream().map(row -> PgDumpQuestions.text(row.editedAt())).toArray(String[]::new))
        .bind("accepted", rows.stream().map(Row::accepted).toArray(Boolean[]::new))
        .mapTo(Long.class)
        .stream()
        .mapToLong(Long::longValue)
        .toArray();
  }
}
