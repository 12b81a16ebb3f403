package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The table post_like. A like that its post's counter holds is only marked as removed and deleted
 * by whoever counts; one that no counter knows yet is deleted at once.
 */
public final class PgLikes {
  private final Jdbi jdbi;
  private final Outbox outbox;

  public PgLikes(Jdbi jdbi, Outbox outbox) {
    this.jdbi = jdbi;
    this.outbox = outbox;
  }

  /** Saves {@link PostLiked} and {@link CountsChanged}, unless the account likes it already. */
  void put(long post, long account, long id) {
    outbox.write((handle, events) -> {
      int changed =
          handle.execute(
              """
              INSERT INTO post_like (post_id, account_id, id) VALUES (?, ?, ?)
              ON CONFLICT (post_id, account_id)
              DO UPDATE SET removed = false, id = excluded.id WHERE post_like.removed
              """,
              post,
              account,
              id);
      if (changed == 1) {
        events.add(Event.of(PostLiked.TOPIC, new PostLiked(post, account)));
        events.add(Event.of(CountsChanged.TOPIC, new CountsChanged(post)));
      }
      return changed;
    });
  }

  /** Saves {@link PostUnliked} and, if it was counted, {@link CountsChanged}. */
  boolean remove(long post, long account) {
    return outbox.write((handle, events) -> {
      Optional<Boolean> counted =
          handle
              .createQuery(
                  """
                  UPDATE post_like SET removed = true
                  WHERE post_id = ? AND account_id = ? AND NOT removed RETURNING counted
                  """)
              .bind(0, post)
              .bind(1, account)
              .mapTo(Boolean.class)
              .findOne();
      if (counted.isEmpty()) {
        return false;
      }
      events.add(Event.of(PostUnliked.TOPIC, new PostUnliked(post, account)));
      letGo(handle, events, List.of(post), account);
      return true;
    });
  }

  int eraseOf(long account, int limit) {
    return outbox.write((handle, events) -> {
      List<Long> posts =
          handle
              .createQuery(
                  """
                  UPDATE post_like SET removed = true
                  WHERE account_id = :account AND NOT removed AND post_id IN (
                    SELECT post_id FROM post_like WHERE account_id = :account AND NOT removed
                    ORDER BY post_id DESC LIMIT :limit)
                  RETURNING post_id
                  """)
              .bind("account", account)
              .bind("limit", limit)
              .mapTo(Long.class)
              .list();
      letGo(handle, events, posts, account);
      return posts.size();
    });
  }

  /** Of removed likes: deletes those that nobody has counted, leaves word of the others. */
  private static void letGo(Handle handle, Outbox.Events events, List<Long> posts, long account) {
    handle
        .createUpdate(
            """
            DELETE FROM post_like
            WHERE account_id = :account AND post_id = ANY (:posts) AND removed AND NOT counted
            """)
        .bind("account", account)
        .bind("posts", posts.toArray(Long[]::new))
        .execute();
    posts.forEach(post -> events.add(Event.of(CountsChanged.TOPIC, new CountsChanged(post))));
  }

  boolean exists(long post, long account) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT EXISTS (
                  SELECT FROM post_like WHERE post_id = ? AND account_id = ? AND NOT removed)
                """)
            .bind(0, post)
            .bind(1, account)
            .mapTo(Boolean.class)
            .one());
  }

  List<Like> list(long post, long[] unseen, long before, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT id, account_id FROM post_like
                WHERE post_id = :post AND NOT removed AND id < :before AND account_id <> ALL (:unseen)
                ORDER BY id DESC LIMIT :limit
                """)
            .bind("post", post)
            .bind("before", before)
            .bind("unseen", unseen)
            .bind("limit", limit)
            .map((row, context) -> new Like(row.getLong(1), new AccountId(row.getLong(2))))
            .list());
  }
}
