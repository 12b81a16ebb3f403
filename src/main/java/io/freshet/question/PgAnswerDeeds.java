package io.freshet.question;

import io.freshet.post.Deed;
import io.freshet.question.Body.Format;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Who answered and whose answer is accepted, as the tables say now: for handlers that look rather
 * than trust their event. What was done to a deleted question does not stand. Thread-safe.
 */
public final class PgAnswerDeeds {
  private static final String BOTH_LIVE = "a.deleted_at IS NULL AND q.deleted_at IS NULL";

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

  /**
   * What an answer says.
   *
   * @param title of its question
   * @param text without marks
   */
  public record AnswerWords(long answer, String title, String text) {}

  /** An answer, also one that is gone. */
  public Optional<AnswerDeed> written(long answer) {
    return answers("a.id = ?", answer).stream().findFirst();
  }

  /** The living answer that the question's author has accepted. */
  public Optional<AnswerDeed> accepted(long question) {
    return answers("a.question_id = ? AND a.accepted AND " + BOTH_LIVE, question).stream()
        .findFirst();
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

  /** Those of these answers that live, oldest first. */
  public List<AnswerDeed> living(List<Long> answers) {
    return answers("a.id = ANY (?) AND " + BOTH_LIVE + " ORDER BY a.id", ids(answers));
  }

  private List<AnswerDeed> answers(String condition, Object argument) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT a.id, a.author_id, q.id, q.author_id FROM answer a"
                    + " JOIN question q ON q.id = a.question_id WHERE "
                    + condition)
            .bind(0, argument)
            .map((row, context) ->
                new AnswerDeed(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
            .list());
  }

  /** What these answers say, in any order. */
  public List<AnswerWords> words(List<Long> answers) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT a.id, q.title, a.body, a.format FROM answer a JOIN question q ON q.id = a.question_id
                WHERE a.id = ANY (?)
                """)
            .bind(0, ids(answers))
            .map((row, context) ->
                new AnswerWords(
                    row.getLong(1),
                    row.getString(2),
                    SafeHtml.words(new Body(row.getString(3), Format.of(row.getString(4))).html())))
            .list());
  }

  private static Long[] ids(List<Long> answers) {
    return answers.toArray(Long[]::new);
  }
}
