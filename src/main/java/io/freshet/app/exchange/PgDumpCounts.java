package io.freshet.app.exchange;

import io.freshet.question.Hot;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The counters of questions and answers, moved in the transaction that writes the rows they count.
 * Rows are locked in the order of ids, so that two who count never wait for each other.
 */
final class PgDumpCounts {
  private PgDumpCounts() {}

  /** Those that live; nobody else changes their counters until the transaction ends. */
  static Set<Long> lockQuestions(Handle handle, long[] ids) {
    return locked(
        handle,
        "SELECT question_id FROM question_count WHERE question_id = ANY (:ids) ORDER BY question_id FOR UPDATE",
        ids);
  }

  /** As {@link #lockQuestions}. */
  static Set<Long> lockAnswers(Handle handle, long[] ids) {
    return locked(
        handle,
        "SELECT id FROM answer WHERE id = ANY (:ids) AND deleted_at IS NULL ORDER BY id FOR UPDATE",
        ids);
  }

  /** Posts that live and will until the transaction ends. */
  static Set<Long> lockPosts(Handle handle, long[] ids) {
    return locked(
        handle,
        "SELECT id FROM post WHERE id = ANY (:ids) AND deleted_at IS NULL ORDER BY id FOR SHARE",
        ids);
  }

  /**
   * Counts new answers.
   *
   * @param answered the question of each
   */
  static void countAnswers(Handle handle, long[] answered) {
    handle.execute(
        """
        UPDATE question_count c SET answers = answers + n, version = version + 1
        FROM (SELECT id, count(*) AS n FROM unnest(?) AS given (id) GROUP BY id) AS added
        WHERE c.question_id = added.id
        """,
        answered);
    rank(handle, Arrays.stream(answered).distinct().toArray());
  }

  /**
   * Counts new comments.
   *
   * @param commented the post of each
   */
  static void countComments(Handle handle, long[] commented) {
    handle.execute(
        """
        INSERT INTO post_count (post_id, comments, version)
        SELECT id, count(*), 1 FROM unnest(?) AS given (id) GROUP BY id ORDER BY id
        ON CONFLICT (post_id) DO UPDATE
        SET comments = post_count.comments + excluded.comments, version = post_count.version + 1
        """,
        commented);
  }

  /** Adds to the scores of questions and answers, each at its key. */
  static void score(Handle handle, Map<Long, Integer> votes) {
    PreparedBatch questions =
        handle.prepareBatch(
            "UPDATE question_count SET score = score + ?, version = version + 1 WHERE question_id = ?");
    PreparedBatch answers =
        handle.prepareBatch(
            "UPDATE answer SET score = score + ?, score_version = score_version + 1 WHERE id = ?");
    votes.forEach((id, sum) -> {
      questions.add(sum, id);
      answers.add(sum, id);
    });
    if (!votes.isEmpty()) {
      questions.execute();
      answers.execute();
      rank(handle, votes.keySet().stream().mapToLong(Long::longValue).toArray());
    }
  }

  private static void rank(Handle handle, long[] ids) {
    PreparedBatch batch =
        handle.prepareBatch("UPDATE question_count SET hot = ? WHERE question_id = ?");
    handle
        .createQuery(
            "SELECT question_id, score, answers FROM question_count WHERE question_id = ANY (:ids)")
        .bind("ids", ids)
        .map((row, _) -> new long[] {row.getLong(1), row.getInt(2), row.getInt(3)})
        .forEach(row -> batch.add(Hot.of(row[0], (int) row[1], (int) row[2]), row[0]));
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  private static Set<Long> locked(Handle handle, String query, long[] ids) {
    return new HashSet<>(handle.createQuery(query).bind("ids", ids).mapTo(Long.class).list());
  }
}
