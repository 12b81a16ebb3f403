package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.post.Comments.Order;
import io.freshet.post.PostException.Problem;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The table comment. A deleted comment loses its text; its row stays, for its key and for those who
 * are told of it, until its author is erased.
 */
public final class PgComments {
  private static final String COLUMNS = "id, post_id, author_id, text, mentioned";

  private final Jdbi jdbi;
  private final Outbox outbox;

  public PgComments(Jdbi jdbi, Outbox outbox) {
    this.jdbi = jdbi;
    this.outbox = outbox;
  }

  /** Saves {@link CommentAdded} and {@link CountsChanged} with it. */
  Commented insert(Comment comment, Optional<String> key) {
    byte[] hash = RequestHash.of(comment.post() + " " + comment.text());
    return outbox.write((handle, events) -> {
      if (!insert(handle, comment, key.orElse(null), hash)) {
        return replay(handle, comment.author().value(), key.orElseThrow(), hash);
      }
      long post = comment.post().value();
      events.add(Event.of(CommentAdded.TOPIC, new CommentAdded(comment.id().value(), post)));
      events.add(Event.of(CountsChanged.TOPIC, new CountsChanged(post)));
      return new Commented(comment, false);
    });
  }

  /** Waits for a running transaction with the same key; false if the key is there already. */
  private static boolean insert(Handle handle, Comment comment, @Nullable String key, byte[] hash) {
    return handle
            .createUpdate(
                """
                INSERT INTO comment (id, post_id, author_id, text, mentioned, idempotency_key, request_hash)
                VALUES (:id, :post, :author, :text, :mentioned, :key, :hash)
                ON CONFLICT (author_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
                """)
            .bind("id", comment.id().value())
            .bind("post", comment.post().value())
            .bind("author", comment.author().value())
            .bind("text", comment.text())
            .bind("mentioned", comment.mentioned().toArray(Long[]::new))
            .bind("key", key)
            .bind("hash", key == null ? null : hash)
            .execute()
        == 1;
  }

  private static Commented replay(Handle handle, long author, String key, byte[] hash) {
    record Earlier(byte[] hash, boolean isDeleted, Comment comment) {}
    Earlier earlier =
        handle
            .createQuery(
                "SELECT request_hash, deleted_at IS NOT NULL AS deleted, "
                    + COLUMNS
                    + " FROM comment WHERE author_id = ? AND idempotency_key = ?")
            .bind(0, author)
            .bind(1, key)
            .map((row, context) -> new Earlier(row.getBytes(1), row.getBoolean(2), comment(row)))
            .one();
    if (earlier.isDeleted() || !MessageDigest.isEqual(earlier.hash(), hash)) {
      throw new PostException(
          Problem.KEY_REUSED,
          "Idempotency-Key",
          earlier.isDeleted()
              ? "the comment made with this key has been deleted: take a new one"
              : "this key was used for another comment: take a new one");
    }
    return new Commented(earlier.comment(), true);
  }

  Optional<Comment> find(long id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT " + COLUMNS + " FROM comment WHERE id = ? AND deleted_at IS NULL")
            .bind(0, id)
            .map((row, context) -> comment(row))
            .findOne());
  }

  List<Comment> page(long post, long[] unseen, Order order, long from, int limit) {
    String next =
        switch (order) {
          case OLDEST -> "id > :from ORDER BY id";
          case NEWEST -> "id < :from ORDER BY id DESC";
        };
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT "
                    + COLUMNS
                    + " FROM comment WHERE post_id = :post AND deleted_at IS NULL"
                    + " AND author_id <> ALL (:unseen) AND "
                    + next
                    + " LIMIT :limit")
            .bind("post", post)
            .bind("unseen", unseen)
            .bind("from", from)
            .bind("limit", limit)
            .map((row, context) -> comment(row))
            .list());
  }

  /** Saves {@link CommentDeleted} and {@link CountsChanged} with it. */
  boolean delete(long by, long id, Instant at) {
    return 0
        < delete(
            """
            id = :id AND (author_id = :account
              OR EXISTS (SELECT FROM post WHERE post.id = post_id AND post.author_id = :account))
            """,
            by,
            id,
            at);
  }

  /** The same for some of an account's comments. */
  int deleteOf(long account, int limit, Instant at) {
    return delete(
        """
        author_id = :account AND id IN (
          SELECT id FROM comment WHERE author_id = :account AND deleted_at IS NULL ORDER BY id LIMIT :id)
        """,
        account,
        limit,
        at);
  }

  /** The posts whose counters hold deleted comments of the account still. */
  List<Long> leaving(long account, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT DISTINCT post_id FROM (
                  SELECT post_id FROM comment
                  WHERE author_id = ? AND deleted_at IS NOT NULL AND counted LIMIT ?) AS leaving
                """)
            .bind(0, account)
            .bind(1, limit)
            .mapTo(Long.class)
            .list());
  }

  /** Deletes rows of the account's deleted comments that no counter holds. */
  int forgetOf(long account, int limit) {
    return jdbi.withHandle(handle ->
        handle.execute(
            """
            DELETE FROM comment WHERE id IN (
              SELECT id FROM comment
              WHERE author_id = ? AND deleted_at IS NOT NULL AND NOT counted LIMIT ?)
            """,
            account,
            limit));
  }

  private int delete(String which, long account, long idOrLimit, Instant at) {
    record Deleted(long id, long post) {}
    return outbox.write((handle, events) -> {
      List<Deleted> deleted =
          handle
              .createQuery(
                  "UPDATE comment SET deleted_at = :at, text = '', mentioned = '{}'"
                      + " WHERE deleted_at IS NULL AND "
                      + which
                      + " RETURNING id, post_id")
              .bind("at", at.atOffset(ZoneOffset.UTC))
              .bind("account", account)
              .bind("id", idOrLimit)
              .map((row, context) -> new Deleted(row.getLong(1), row.getLong(2)))
              .list();
      for (Deleted one : deleted) {
        events.add(Event.of(CommentDeleted.TOPIC, new CommentDeleted(one.id(), one.post())));
      }
      deleted.stream()
          .map(Deleted::post)
          .distinct()
          .forEach(post -> events.add(Event.of(CountsChanged.TOPIC, new CountsChanged(post))));
      return deleted.size();
    });
  }

  private static Comment comment(ResultSet row) throws SQLException {
    Long[] mentioned = (Long[]) row.getArray("mentioned").getArray();
    return new Comment(
        new CommentId(row.getLong("id")),
        new PostId(row.getLong("post_id")),
        new AccountId(row.getLong("author_id")),
        row.getString("text"),
        List.of(mentioned));
  }
}
