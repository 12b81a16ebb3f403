package io.freshet.question;

import io.freshet.account.AccountId;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.post.CreationKey;
import io.freshet.post.PgQuestionPosts;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.question.Body.Format;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The tables question and question_count, and the posts that questions are. A deleted question
 * keeps its row without texts until its author is erased; its answers go with it.
 */
public final class PgQuestions {
  static final String SELECT =
      """
      SELECT q.id, q.author_id, q.title, q.body, q.format, q.tags, q.version, q.edited_at,
             c.score, c.answers, c.views, c.hot, c.version AS counts_version,
             (SELECT a.id FROM answer a WHERE a.question_id = q.id AND a.accepted) AS accepted_id
      FROM question q JOIN question_count c ON c.question_id = q.id
      """;

  private final Jdbi jdbi;
  private final Outbox outbox;

  public PgQuestions(Jdbi jdbi, Outbox outbox) {
    this.jdbi = jdbi;
    this.outbox = outbox;
  }

  /** The question made with the key before, if there is one. */
  Optional<QuestionId> insert(Post post, Wording wording, Optional<CreationKey> key) {
    return outbox.write((handle, events) -> {
      Optional<PostId> earlier = PgQuestionPosts.insert(handle, events, post, key);
      if (earlier.isPresent()) {
        return earlier.map(id -> new QuestionId(id.value()));
      }
      long id = post.id().value();
      handle
          .createUpdate(
              """
              INSERT INTO question (id, author_id, title, body, tags)
              VALUES (:id, :author, :title, :body, :tags)
              """)
          .bind("id", id)
          .bind("author", post.author().value())
          .bind("title", wording.title())
          .bind("body", wording.body())
          .bind("tags", wording.tags().toArray(String[]::new))
          .execute();
      handle.execute(
          "INSERT INTO question_count (question_id, hot) VALUES (?, ?)", id, Hot.of(id, 0, 0));
      PgQuestionTags.replace(handle, id, List.of(), wording.tags());
      return Optional.empty();
    });
  }

  boolean edit(Post post, Wording wording, Instant at) {
    return outbox.write((handle, events) -> {
      Optional<Integer> version = PgQuestionPosts.edit(handle, events, post, at);
      if (version.isEmpty()) {
        return false;
      }
      long id = post.id().value();
      List<String> before = PgQuestionTags.of(handle, id);
      handle
          .createUpdate(
              """
              UPDATE question
              SET title = :title, body = :body, tags = :tags, version = :version, edited_at = :at
              WHERE id = :id
              """)
          .bind("title", wording.title())
          .bind("body", wording.body())
          .bind("tags", wording.tags().toArray(String[]::new))
          .bind("version", version.get())
          .bind("at", at.atOffset(ZoneOffset.UTC))
          .bind("id", id)
          .execute();
      PgQuestionTags.replace(handle, id, before, wording.tags());
      events.add(Event.of(QuestionEdited.TOPIC, new QuestionEdited(id)));
      return true;
    });
  }

  /** With its answers. */
  boolean delete(AccountId author, QuestionId question, Instant at) {
    return outbox.write((handle, events) -> {
      if (!PgQuestionPosts.delete(handle, events, question.post(), author, at)) {
        return false;
      }
      long id = question.value();
      // First, so that whoever is about to answer is waited for, and their answer seen below.
      handle.execute(
          "UPDATE question SET deleted_at = ?, title = '', body = '', tags = '{}' WHERE id = ?",
          at.atOffset(ZoneOffset.UTC),
          id);
      PgQuestionTags.replace(handle, id, PgQuestionTags.of(handle, id), List.of());
      handle.execute("DELETE FROM question_count WHERE question_id = ?", id);
      handle.execute(
          """
          UPDATE answer SET deleted_at = coalesce(deleted_at, ?), body = '', accepted = false, counted = false
          WHERE question_id = ?
          """,
          at.atOffset(ZoneOffset.UTC),
          id);
      events.add(Event.of(QuestionDeleted.TOPIC, new QuestionDeleted(id)));
      return true;
    });
  }

  Optional<Question> find(QuestionId id) {
    return Optional.ofNullable(find(List.of(id.value())).get(id.value()));
  }

  Map<Long, Question> find(Collection<Long> ids) {
    Map<Long, Question> found = HashMap.newHashMap(ids.size());
    jdbi.useHandle(handle ->
        handle
            .createQuery(SELECT + "WHERE q.id = ANY (:ids) AND q.deleted_at IS NULL")
            .bind("ids", ids.toArray(Long[]::new))
            .map((row, context) -> found.put(row.getLong("id"), question(row)))
            .list());
    return found;
  }

  Optional<Format> format(AccountId author, QuestionId id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT format FROM question WHERE id = ? AND author_id = ? AND deleted_at IS NULL")
            .bind(0, id.value())
            .bind(1, author.value())
            .mapTo(String.class)
            .findOne()
            .map(Format::of));
  }

  /** Some living questions of the account. */
  List<Long> living(AccountId author, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT id FROM question WHERE author_id = ? AND deleted_at IS NULL LIMIT ?")
            .bind(0, author.value())
            .bind(1, limit)
            .mapTo(Long.class)
            .list());
  }

  /** Holds a living question until the end of the transaction, against being deleted. */
  static boolean holds(Handle handle, long question) {
    return handle
        .createQuery("SELECT id FROM question WHERE id = ? AND deleted_at IS NULL FOR SHARE")
        .bind(0, question)
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }

  static Question question(ResultSet row) throws SQLException {
    OffsetDateTime editedAt = row.getObject("edited_at", OffsetDateTime.class);
    return new Question(
        new QuestionId(row.getLong("id")),
        new AccountId(row.getLong("author_id")),
        row.getString("title"),
        new Body(row.getString("body"), Format.of(row.getString("format"))),
        List.of((String[]) row.getArray("tags").getArray()),
        row.getInt("version"),
        Optional.ofNullable(editedAt).map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getObject("accepted_id", Long.class)).map(AnswerId::new),
        new QuestionCounts(
            row.getInt("score"),
            row.getInt("answers"),
            row.getLong("views"),
            row.getLong("counts_version")),
        row.getLong("hot"));
  }
}
