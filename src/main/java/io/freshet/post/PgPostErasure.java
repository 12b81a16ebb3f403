package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Database;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Finds what a removed account has posted and shared, and deletes the rows of what it has taken
 * back, with all that hangs on them. A row that a counter holds is never deleted: it is settled
 * first. Thread-safe.
 */
public final class PgPostErasure {
  private final Jdbi jdbi;
  private final Outbox outbox;

  public PgPostErasure(Jdbi jdbi, Outbox outbox) {
    this.jdbi = jdbi;
    this.outbox = outbox;
  }

  /** A post and who wrote it. */
  public record Written(PostId post, AccountId author) {}

  /** Some living posts and shares of the account, and shares of its posts by others. */
  public List<Written> living(AccountId author, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                (SELECT id, author_id FROM post WHERE author_id = :author AND deleted_at IS NULL LIMIT :limit)
                UNION ALL
                (SELECT s.id, s.author_id FROM post p JOIN post s ON s.original_id = p.id AND s.deleted_at IS NULL
                 WHERE p.author_id = :author AND s.author_id <> :author LIMIT :limit)
                """)
            .bind("author", author.value())
            .bind("limit", limit)
            .map((row, context) ->
                new Written(new PostId(row.getLong(1)), new AccountId(row.getLong(2))))
            .list());
  }

  /** Posts whose counters hold something that the account has taken back. */
  public long[] unsettled(AccountId account, int limit) {
    return ids(
        """
        SELECT array(
          (SELECT post_id FROM post_like WHERE account_id = :account AND removed AND counted LIMIT :limit)
          UNION
          (SELECT post_id FROM comment WHERE author_id = :account AND deleted_at IS NOT NULL AND counted LIMIT :limit)
          UNION
          (SELECT original_id FROM post WHERE author_id = :account AND original_id IS NOT NULL AND deleted_at IS NOT NULL AND counted LIMIT :limit))
        """,
        account,
        limit);
  }

  /** Deletes some rows of what the account has taken back; true if there may be more. */
  public boolean eraseOf(AccountId account, int limit) {
    return jdbi.inTransaction(handle -> {
      int rows =
          delete(
                  handle,
                  """
                  DELETE FROM post_like WHERE account_id = :account AND post_id IN (
                    SELECT post_id FROM post_like WHERE account_id = :account AND removed AND NOT counted LIMIT :limit)
                  """,
                  account,
                  limit)
              + delete(
                  handle,
                  """
                  DELETE FROM comment WHERE id IN (
                    SELECT id FROM comment WHERE author_id = :account AND deleted_at IS NOT NULL AND NOT counted LIMIT :limit)
                  """,
                  account,
                  limit)
              + delete(
                  handle,
                  """
                  DELETE FROM post_idempotency WHERE (author_id, key) IN (
                    SELECT author_id, key FROM post_idempotency WHERE author_id = :account LIMIT :limit)
                  """,
                  account,
                  limit);
      return rows > 0;
    });
  }

  /**
   * Deletes the rows of some of the author's deleted posts, and first what others did with them;
   * gives those posts, none when there are no more. A post may come several times before it is
   * gone.
   */
  public long[] erasePosts(AccountId author, int limit) {
    return jdbi.inTransaction(handle -> {
      long[] posts =
          handle
              .createQuery(
                  """
                  SELECT array(SELECT id FROM post WHERE author_id = :account AND deleted_at IS NOT NULL
                               AND (original_id IS NULL OR NOT counted) ORDER BY id LIMIT :limit)
                  """)
              .bind("account", author.value())
              .bind("limit", limit)
              .map((row, context) -> Database.longs(row.getArray(1)))
              .one();
      int hanging = 0;
      for (String table : List.of("post_like", "comment", "post_tag", "post_idempotency")) {
        hanging +=
            handle
                .createUpdate(
                    "DELETE FROM %1$s WHERE ctid IN (SELECT ctid FROM %1$s WHERE post_id = ANY (:posts) LIMIT :limit)"
                        .formatted(table))
                .bind("posts", posts)
                .bind("limit", limit)
                .execute();
      }
      if (hanging == 0 && posts.length > 0) {
        deleteBare(handle, posts);
      }
      return posts;
    });
  }

  /** Others' shares of them are deleted by now, and forget what they shared. */
  private static void deleteBare(Handle handle, long[] posts) {
    handle
        .createUpdate(
            "UPDATE post SET original_id = NULL, counted = false WHERE original_id = ANY (:posts) AND deleted_at IS NOT NULL")
        .bind("posts", posts)
        .execute();
    handle
        .createUpdate("DELETE FROM post_count WHERE post_id = ANY (:posts)")
        .bind("posts", posts)
        .execute();
    handle.createUpdate("DELETE FROM post WHERE id = ANY (:posts)").bind("posts", posts).execute();
  }

  /** Has some texts of others name the account no more; gives the posts, none when all are done. */
  public long[] eraseMentions(AccountId account, int limit) {
    return outbox.write((handle, events) -> {
      List<Long> posts =
          changed(
              handle,
              """
              UPDATE post SET mentioned = array_remove(mentioned, :account), version = version + 1 WHERE id IN (
                SELECT id FROM post WHERE mentioned <> '{}' AND mentioned @> ARRAY[:account] LIMIT :limit)
              RETURNING id
              """,
              account,
              limit);
      List<Long> comments =
          changed(
              handle,
              """
              UPDATE comment SET mentioned = array_remove(mentioned, :account) WHERE id IN (
                SELECT id FROM comment WHERE mentioned <> '{}' AND mentioned @> ARRAY[:account] LIMIT :limit)
              RETURNING post_id
              """,
              account,
              limit);
      posts.forEach(post -> events.add(Event.of(PostEdited.TOPIC, new PostEdited(post))));
      return LongStream.concat(longs(posts), longs(comments)).distinct().toArray();
    });
  }

  private static LongStream longs(List<Long> ids) {
    return ids.stream().mapToLong(Long::longValue);
  }

  private static List<Long> changed(Handle handle, String sql, AccountId account, int limit) {
    return handle
        .createQuery(sql)
        .bind("account", account.value())
        .bind("limit", limit)
        .mapTo(Long.class)
        .list();
  }

  private static int delete(Handle handle, String sql, AccountId account, int limit) {
    return handle.createUpdate(sql).bind("account", account.value()).bind("limit", limit).execute();
  }

  private long[] ids(String sql, AccountId account, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(sql)
            .bind("account", account.value())
            .bind("limit", limit)
            .map(
                (row, context) -> Arrays.stream(Database.longs(row.getArray(1))).sorted().toArray())
            .one());
  }
}
