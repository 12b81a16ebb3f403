package io.freshet.ranking;

import io.freshet.platform.Ids;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;

/** Writes the rows that rankings are computed of, past the modules that own them. */
public final class QuestionRows {
  private final Jdbi jdbi;
  private final AtomicLong serial = new AtomicLong();

  public QuestionRows(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** An id that was drawn at this instant; no two are the same. */
  public long at(Instant instant) {
    return Ids.firstAt(instant) + serial.incrementAndGet() % 4_000;
  }

  public long account(Instant created, boolean removed) {
    long id = at(created);
    execute(
        """
        INSERT INTO account (id, handle, first_name, last_name, created_at, removed_at)
        VALUES (?, ?, 'Ann', 'Tester', now(), CASE WHEN ? THEN now() END)
        """,
        id,
        "person_" + serial.get(),
        removed);
    return id;
  }

  public long question(
      long author, Instant asked, int score, boolean deleted, Collection<String> tags) {
    long id = at(asked);
    execute(
        "INSERT INTO post (id, author_id, text, is_question) VALUES (?, ?, 'Why?', true)",
        id,
        author);
    execute(
        """
        INSERT INTO question (id, author_id, title, body, deleted_at)
        VALUES (?, ?, 'Why?', 'I wonder.', CASE WHEN ? THEN now() END)
        """,
        id,
        author,
        deleted);
    if (!deleted) {
      execute("INSERT INTO question_count (question_id, score, hot) VALUES (?, ?, 0)", id, score);
      for (String tag : tags) {
        execute("INSERT INTO tag (name) VALUES (?) ON CONFLICT DO NOTHING", tag);
        execute("INSERT INTO question_tag (tag, question_id) VALUES (?, ?)", tag, id);
      }
    }
    return id;
  }

  public long answer(long question, long author, Instant given, int score, boolean deleted) {
    long id = at(given);
    execute(
        """
        INSERT INTO answer (id, question_id, author_id, body, score, deleted_at)
        VALUES (?, ?, ?, 'Because.', ?, CASE WHEN ? THEN now() END)
        """,
        id,
        question,
        author,
        score,
        deleted);
    return id;
  }

  private void execute(String sql, Object... arguments) {
    jdbi.useHandle(handle -> handle.execute(sql, arguments));
  }
}
