package io.freshet.question;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The tables question_tag and tag, in the transaction that changes a question. Names are taken in
 * their order, so that two who change the same tags wait for each other and do not lock each other
 * out.
 */
final class PgQuestionTags {
  private PgQuestionTags() {}

  static List<String> of(Handle handle, long question) {
    return handle
        .createQuery("SELECT tag FROM question_tag WHERE question_id = ? ORDER BY tag")
        .bind(0, question)
        .mapTo(String.class)
        .list();
  }

  /** Has a question bear these tags instead. */
  static void replace(Handle handle, long question, List<String> before, List<String> after) {
    List<String> gone = new ArrayList<>(before);
    gone.removeAll(after);
    List<String> come = new ArrayList<>(after);
    come.removeAll(before);
    if (!gone.isEmpty()) {
      run(
          handle,
          "DELETE FROM question_tag WHERE question_id = :question AND tag = ANY (:tags)",
          question,
          gone);
    }
    List<String> changed = new ArrayList<>(gone);
    changed.addAll(come);
    if (!changed.isEmpty()) {
      lock(handle, changed);
    }
    if (!gone.isEmpty()) {
      handle
          .createUpdate("UPDATE tag SET questions = questions - 1 WHERE name = ANY (:tags)")
          .bind("tags", gone.toArray(String[]::new))
          .execute();
    }
    if (!come.isEmpty()) {
      handle
          .createUpdate("UPDATE tag SET questions = questions + 1 WHERE name = ANY (:tags)")
          .bind("tags", come.toArray(String[]::new))
          .execute();
      run(
          handle,
          "INSERT INTO question_tag (tag, question_id) SELECT t, :question FROM unnest(:tags) AS t",
          question,
          come);
    }
  }

  /** Makes those that are not there yet. */
  private static void lock(Handle handle, List<String> tags) {
    handle
        .createUpdate(
            """
            INSERT INTO tag (name) SELECT t FROM unnest(:tags) AS t ORDER BY t
            ON CONFLICT (name) DO UPDATE SET questions = tag.questions
            """)
        .bind("tags", tags.toArray(String[]::new))
        .execute();
  }

  private static void run(Handle handle, String sql, long question, List<String> tags) {
    handle
        .createUpdate(sql)
        .bind("question", question)
        .bind("tags", tags.toArray(String[]::new))
        .execute();
  }
}
