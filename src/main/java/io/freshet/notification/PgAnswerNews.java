package io.freshet.notification;

import io.freshet.question.SafeHtml;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Answers as mails tell of them, by the tables answer and question. Thread-safe. */
final class PgAnswerNews {
  private final Jdbi jdbi;

  PgAnswerNews(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A living answer to a living question.
   *
   * @param asker who asked
   */
  record News(long answer, long author, long question, long asker) {}

  /** What one of them says. */
  record Words(long answer, String title, String text) {}

  /** Those of these answers that live, oldest first. */
  List<News> living(List<Long> answers) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT a.id, a.author_id, q.id, q.author_id FROM answer a JOIN question q ON q.id = a.question_id
                WHERE a.id = ANY (?) AND a.deleted_at IS NULL AND q.deleted_at IS NULL ORDER BY a.id
                """)
            .bind(0, answers.toArray(Long[]::new))
            .map((row, context) ->
                new News(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
            .list());
  }

  List<Words> words(List<Long> answers) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT a.id, q.title, a.format, a.body FROM answer a JOIN question q ON q.id = a.question_id
                WHERE a.id = ANY (?)
                """)
            .bind(0, answers.toArray(Long[]::new))
            .map((row, context) ->
                new Words(
                    row.getLong(1), row.getString(2), plain(row.getString(3), row.getString(4))))
            .list());
  }

  private static String plain(String format, String body) {
    return SafeHtml.words("html".equals(format) ? body : SafeHtml.ofMarkdown(body));
  }
}
