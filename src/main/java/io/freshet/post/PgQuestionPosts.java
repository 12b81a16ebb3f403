package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The rows of the table post that are questions, written in the transaction of whoever keeps the
 * rest of a question. They have the title for a text and bear its tags, though on no page of a
 * hashtag.
 */
public final class PgQuestionPosts {
  private PgQuestionPosts() {}

  /**
   * Puts the post of a new question, whose event takes it to feeds; if one was made with the key
   * before, only names that.
   *
   * @throws PostException KEY_REUSED if something else was asked for with the key
   */
  public static Optional<PostId> insert(
      Handle handle, Outbox.Events events, Post question, Optional<CreationKey> key) {
    long id = question.id().value();
    handle.execute(
        "INSERT INTO post (id, author_id, text, tags, is_question) VALUES (?, ?, ?, ?, true)",
        id,
        question.author().value(),
        question.text(),
        question.entities().tags().toArray(String[]::new));
    if (key.isPresent()
        && !PgKeys.keep(handle, question, key.get().text(), key.get().requestHash())) {
      handle.execute("DELETE FROM post WHERE id = ?", id);
      long author = question.author().value();
      return Optional.of(
          new PostId(PgKeys.earlier(handle, author, key.get().text(), key.get().requestHash())));
    }
    events.add(Event.of(PostPublished.TOPIC, new PostPublished(id, question.author().value())));
    return Optional.empty();
  }

  /**
   * Gives the author's living question this title and these tags, and says which version it is
   * then; empty if there is none.
   */
  public static Optional<Integer> edit(
      Handle handle, Outbox.Events events, Post question, Instant at) {
    Optional<Integer> version =
        handle
            .createQuery(
                """
                UPDATE post SET text = :title, tags = :tags, edited_at = :at, version = version + 1
                WHERE id = :id AND author_id = :author AND is_question AND deleted_at IS NULL
                RETURNING version
                """)
            .bind("title", question.text())
            .bind("tags", question.entities().tags().toArray(String[]::new))
            .bind("at", at.atOffset(ZoneOffset.UTC))
            .bind("id", question.id().value())
            .bind("author", question.author().value())
            .mapTo(Integer.class)
            .findOne();
    version.ifPresent(
        _ -> events.add(Event.of(PostEdited.TOPIC, new PostEdited(question.id().value()))));
    return version;
  }

  /** False if the author has no such living question. */
  public static boolean delete(
      Handle handle, Outbox.Events events, PostId id, AccountId author, Instant at) {
    int deleted =
        handle.execute(
            """
            UPDATE post SET deleted_at = ?, text = '', tags = '{}'
            WHERE id = ? AND author_id = ? AND is_question AND deleted_at IS NULL
            """,
            at.atOffset(ZoneOffset.UTC),
            id.value(),
            author.value());
    if (deleted == 1) {
      events.add(Event.of(PostDeleted.TOPIC, new PostDeleted(id.value(), author.value())));
    }
    return deleted == 1;
  }
}
