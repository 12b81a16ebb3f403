package io.freshet.question;

import io.freshet.account.AccountId;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Place;
import io.freshet.post.CreationKey;
import io.freshet.question.Body.Format;
import io.freshet.question.QuestionException.Problem;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The table answer. A deleted answer loses its text; its row stays, for its key and for those who
 * are told of it, until its author is erased.
 */
public final class PgAnswers {
  private static final String COLUMNS =
      "id, question_id, author_id, body, format, version, edited_at, accepted, score, score_version";

  private static final String LIVING =
      "SELECT " + COLUMNS + " FROM answer WHERE question_id = :question AND deleted_at IS NULL ";

  /** An answer's {@link Place#rank}, as {@link Answer#place} has it. */
  private static final String RANK = "(accepted::int * (1::bigint << 32) + score)";

  private static final String IN_ORDER = " ORDER BY accepted DESC, score DESC, id ";

  private final Jdbi jdbi;
  private final Outbox outbox;

  public PgAnswers(Jdbi jdbi, Outbox outbox) {
    this.jdbi = jdbi;
    this.outbox = outbox;
  }

  /** Empty if the question is gone. */
  Optional<Answered> insert(Answer answer, Optional<CreationKey> key) {
    return outbox.write((handle, events) -> {
      if (!PgQuestions.holds(handle, answer.question().value())) {
        return Optional.empty();
      }
      if (!insert(handle, answer, key)) {
        return Optional.of(replay(handle, answer.author(), key.orElseThrow()));
      }
      AnswerAdded added = new AnswerAdded(answer.id().value(), answer.question().value());
      events.add(Event.of(AnswerAdded.TOPIC, added));
      return Optional.of(new Answered(answer, false));
    });
  }

  /** Waits for a running transaction with the same key; false if the key is there already. */
  private static boolean insert(Handle handle, Answer answer, Optional<CreationKey> key) {
    return handle
            .createUpdate(
                """
                INSERT INTO answer (id, question_id, author_id, body, idempotency_key, request_hash)
                VALUES (:id, :question, :author, :body, :key, :hash)
                ON CONFLICT (author_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
                """)
            .bind("id", answer.id().value())
            .bind("question", answer.question().value())
            .bind("author", answer.author().value())
            .bind("body", answer.body().text())
            .bind("key", key.map(CreationKey::text).orElse(null))
            .bind("hash", key.map(CreationKey::requestHash).orElse(null))
            .execute()
        == 1;
  }

  private static Answered replay(Handle handle, AccountId author, CreationKey key) {
    record Earlier(byte[] hash, boolean isDeleted, Answer answer) {}
    Earlier earlier =
        handle
            .createQuery(
                "SELECT request_hash, deleted_at IS NOT NULL AS deleted, "
                    + COLUMNS
                    + " FROM answer WHERE author_id = ? AND idempotency_key = ?")
            .bind(0, author.value())
            .bind(1, key.text())
            .map((row, context) -> new Earlier(row.getBytes(1), row.getBoolean(2), answer(row)))
            .one();
    if (earlier.isDeleted() || !MessageDigest.isEqual(earlier.hash(), key.requestHash())) {
      throw new QuestionException(
          Problem.KEY_REUSED,
          "Idempotency-Key",
          earlier.isDeleted()
              ? "the answer made with this key has been deleted: take a new one"
              : "this key was used for another answer: take a new one");
    }
    return new Answered(earlier.answer(), true);
  }

  Optional<Answer> find(AnswerId id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT " + COLUMNS + " FROM answer WHERE id = ? AND deleted_at IS NULL")
            .bind(0, id.value())
            .map((row, context) -> answer(row))
            .findOne());
  }

  Optional<Answer> edit(AccountId author, AnswerId id, Body body, Instant at) {
    return outbox.write((handle, events) -> {
      Optional<Answer> edited =
          handle
              .createQuery(
                  """
                  UPDATE answer SET body = :body, edited_at = :at, version = version + 1
                  WHERE id = :id AND author_id = :author AND deleted_at IS NULL AND format = :format
                  RETURNING %s
                  """
                      .formatted(COLUMNS))
              .bind("body", body.text())
              .bind("format", body.format().text())
              .bind("at", at.atOffset(ZoneOffset.UTC))
              .bind("id", id.value())
              .bind("author", author.value())
              .map((row, context) -> answer(row))
              .findOne();
      edited.ifPresent(answer ->
          events.add(
              Event.of(
                  AnswerEdited.TOPIC,
                  new AnswerEdited(answer.id().value(), answer.question().value()))));
      return edited;
    });
  }

  boolean delete(AccountId author, AnswerId id, Instant at) {
    return 0 < delete("id = :id AND author_id = :author", author, id.value(), at);
  }

  /** Some of an account's answers. */
  int deleteOf(AccountId author, int limit, Instant at) {
    return delete(
        """
        id IN (SELECT id FROM answer WHERE author_id = :author AND deleted_at IS NULL ORDER BY id LIMIT :id)
        """,
        author,
        limit,
        at);
  }

  private int delete(String which, AccountId author, long idOrLimit, Instant at) {
    return outbox.write((handle, events) -> {
      List<AnswerDeleted> deleted =
          handle
              .createQuery(
                  """
                  UPDATE answer SET deleted_at = :at, body = '', accepted = false
                  WHERE deleted_at IS NULL AND %s RETURNING id, question_id
                  """
                      .formatted(which))
              .bind("at", at.atOffset(ZoneOffset.UTC))
              .bind("author", author.value())
              .bind("id", idOrLimit)
              .map((row, context) -> new AnswerDeleted(row.getLong(1), row.getLong(2)))
              .list();
      deleted.forEach(answer -> events.add(Event.of(AnswerDeleted.TOPIC, answer)));
      return deleted.size();
    });
  }

  /** False if this is no living answer to a question of the author's. */
  boolean accept(AccountId author, AnswerId answer, boolean isAccepted) {
    return outbox.write((handle, events) -> {
      Optional<Long> question = hold(handle, author, answer);
      if (question.isEmpty()) {
        return false;
      }
      String others = "accepted AND id <> :answer";
      String itself = "accepted <> :accepted AND id = :answer AND deleted_at IS NULL";
      List<Long> changed = new ArrayList<>();
      if (isAccepted) {
        changed.addAll(setAccepted(handle, question.get(), answer, others, false));
      }
      changed.addAll(setAccepted(handle, question.get(), answer, itself, isAccepted));
      changed.forEach(
          id -> events.add(Event.of(AnswerAccepted.TOPIC, new AnswerAccepted(id, question.get()))));
      return true;
    });
  }

  /** Holds the question of a living answer until the end of the transaction, if it is theirs. */
  private static Optional<Long> hold(Handle handle, AccountId author, AnswerId answer) {
    return handle
        .createQuery(
            """
            SELECT q.id FROM answer a JOIN question q ON q.id = a.question_id
            WHERE a.id = ? AND a.deleted_at IS NULL AND q.author_id = ? FOR UPDATE OF q
            """)
        .bind(0, answer.value())
        .bind(1, author.value())
        .mapTo(Long.class)
        .findOne();
  }

  private static List<Long> setAccepted(
      Handle handle, long question, AnswerId answer, String which, boolean isAccepted) {
    return handle
        .createQuery(
            "UPDATE answer SET accepted = :accepted WHERE question_id = :question AND "
                + which
                + " RETURNING id")
        .bind("question", question)
        .bind("answer", answer.value())
        .bind("accepted", isAccepted)
        .mapTo(Long.class)
        .list();
  }

  List<Answer> below(QuestionId question, long[] unseen, Place place, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                LIVING
                    + """
                    AND author_id <> ALL (:unseen) AND (%1$s < :rank OR (%1$s = :rank AND id > :id))
                    """
                        .formatted(RANK)
                    + IN_ORDER
                    + "LIMIT :limit")
            .bind("question", question.value())
            .bind("unseen", unseen)
            .bind("rank", place.rank())
            .bind("id", place.id())
            .bind("limit", limit)
            .map((row, context) -> answer(row))
            .list());
  }

  List<Answer> page(QuestionId question, long[] unseen, int offset, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                LIVING
                    + "AND author_id <> ALL (:unseen)"
                    + IN_ORDER
                    + "OFFSET :offset LIMIT :limit")
            .bind("question", question.value())
            .bind("unseen", unseen)
            .bind("offset", offset)
            .bind("limit", limit)
            .map((row, context) -> answer(row))
            .list());
  }

  int count(QuestionId question, long[] unseen) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) FROM answer
                WHERE question_id = ? AND deleted_at IS NULL AND author_id <> ALL (?)
                """)
            .bind(0, question.value())
            .bind(1, unseen)
            .mapTo(Integer.class)
            .one());
  }

  /** How many living answers stand before this one. */
  int position(Answer answer) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) FROM answer
                WHERE question_id = :question AND deleted_at IS NULL
                  AND (%1$s > :rank OR (%1$s = :rank AND id < :id))
                """
                    .formatted(RANK))
            .bind("question", answer.question().value())
            .bind("rank", answer.place().rank())
            .bind("id", answer.id().value())
            .mapTo(Integer.class)
            .one());
  }

  Optional<AnswerId> accepted(QuestionId question) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT id FROM answer WHERE question_id = ? AND accepted")
            .bind(0, question.value())
            .mapTo(Long.class)
            .findOne()
            .map(AnswerId::new));
  }

  private static Answer answer(ResultSet row) throws SQLException {
    OffsetDateTime editedAt = row.getObject("edited_at", OffsetDateTime.class);
    return new Answer(
        new AnswerId(row.getLong("id")),
        new QuestionId(row.getLong("question_id")),
        new AccountId(row.getLong("author_id")),
        new Body(row.getString("body"), Format.of(row.getString("format"))),
        row.getInt("version"),
        Optional.ofNullable(editedAt).map(OffsetDateTime::toInstant),
        row.getBoolean("accepted"),
        row.getInt("score"),
        row.getInt("score_version"));
  }
}
