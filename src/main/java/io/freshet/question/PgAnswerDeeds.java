package io.freshet.question;

import io.freshet.post.Deed;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Who answered and whose answer is accepted, as the tables say now: for handlers that look rather
 * than trust their event. What was done to a deleted question does not stand. Thread-safe.
 */
public final class PgAnswerDeeds {
  private final Jdbi jdbi;

  public PgAnswerDeeds(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * An answer.
   *
   * @param asker the author of the question
   */
  public record AnswerDeed(long id, long author, long question, long asker) {}

  /** An answer, also one that is gone. */
  public Optional<AnswerDeed> written(long answer) {
    return answer("a.id = ?", answer);
  }

  /** The living answer that the question's author has accepted. */
  public Optional<AnswerDeed> accepted(long question) {
    return answer(
        "a.question_id = ? AND a.accepted AND a.deleted_at IS NULL AND q.deleted_at IS NULL",
        question);
  }

  /** The account's newest answer to the question, for the question's author. */
  public Optional<Deed> answer(long question, long account) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT q.author_id, a.id FROM answer a JOIN question q ON q.id = a.question_id
                WHERE a.question_id = ? AND a.author_id = ? AND a.deleted_at IS NULL AND q.deleted_at IS NULL
                ORDER BY a.id DESC LIMIT 1
                """)
            .bind(0, question)
            .bind(1, account)
            .map((row, context) -> new Deed(row.getLong(1), row.getLong(2)))
            .findOne());
  }

  private Optional<AnswerDeed> answer(String condition, long id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT a.id, a.author_id, q.id, q.author_id FROM answer a"
                    + " JOIN question q ON q.id = a.question_id WHERE "
                    + condition)
            .bind(0, id)
            .map((row, context) ->
                new AnswerDeed(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
            .findOne());
  }
}
