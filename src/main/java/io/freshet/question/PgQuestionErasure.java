package io.freshet.question;

import io.freshet.account.AccountId;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Deletes the rows of what a removed account has asked and answered, once these are deleted, with
 * all that hangs on them. An answer that a counter holds is settled first. Thread-safe.
 */
public final class PgQuestionErasure {
  private final Jdbi jdbi;
  private final Scores scores;

  public PgQuestionErasure(Jdbi jdbi, Scores scores) {
    this.jdbi = jdbi;
    this.scores = scores;
  }

  /** Some of the rows; true if there may be more. */
  public boolean eraseOf(AccountId author, int limit) {
    return eraseAnswers(author, limit) || eraseQuestions(author, limit);
  }

  private boolean eraseAnswers(AccountId author, int limit) {
    List<Long> counting =
        ids(
            """
            SELECT DISTINCT question_id FROM answer
            WHERE author_id = :author AND deleted_at IS NOT NULL AND counted LIMIT :limit
            """,
            author,
            limit);
    counting.forEach(scores::settle);
    List<Long> answers =
        ids(
            "SELECT id FROM answer WHERE author_id = :author AND deleted_at IS NOT NULL LIMIT :limit",
            author,
            limit);
    erase(answers);
    return !answers.isEmpty();
  }

  private void erase(List<Long> answers) {
    jdbi.useTransaction(handle -> {
      if (!PgScores.deleteVotes(handle, answers)) {
        delete(handle, "DELETE FROM answer WHERE id = ANY (:ids) AND NOT counted", answers);
      }
    });
  }

  private boolean eraseQuestions(AccountId author, int limit) {
    List<Long> questions =
        ids(
            "SELECT id FROM question WHERE author_id = :author AND deleted_at IS NOT NULL LIMIT :limit",
            author,
            limit);
    List<Long> answers =
        jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT id FROM answer WHERE question_id = ANY (:ids) LIMIT :limit")
                .bind("ids", questions.toArray(Long[]::new))
                .bind("limit", limit)
                .mapTo(Long.class)
                .list());
    if (!answers.isEmpty()) {
      erase(answers);
    } else if (!questions.isEmpty()) {
      jdbi.useTransaction(handle -> {
        if (!PgScores.deleteVotes(handle, questions)) {
          delete(handle, "DELETE FROM question WHERE id = ANY (:ids)", questions);
        }
      });
    }
    return !questions.isEmpty();
  }

  private List<Long> ids(String sql, AccountId author, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(sql)
            .bind("author", author.value())
            .bind("limit", limit)
            .mapTo(Long.class)
            .list());
  }

  private static void delete(Handle handle, String sql, List<Long> ids) {
    handle.createUpdate(sql).bind("ids", ids.toArray(Long[]::new)).execute();
  }
}
