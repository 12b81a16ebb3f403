package io.freshet.post;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * What people did to posts, as the tables post, post_like and comment say now: for handlers that
 * look rather than trust their event. What was done to a deleted post does not stand. Thread-safe.
 */
public final class PgDeeds {
  private final Jdbi jdbi;

  public PgDeeds(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Who wrote what: a comment under a post, or a post that may share another. */
  public record Written(long author, long post, boolean isDeleted) {}

  /** A comment, also one that is gone; the post is the one that it is under. */
  public Optional<Written> comment(long comment) {
    return written(
        "SELECT author_id, post_id, deleted_at IS NOT NULL FROM comment WHERE id = ?", comment);
  }

  /** A post, also one that is gone; the post named in it is the original that it shares, or 0. */
  public Optional<Written> post(long post) {
    return written(
        "SELECT author_id, coalesce(original_id, 0), deleted_at IS NOT NULL FROM post WHERE id = ?",
        post);
  }

  public Optional<Deed> like(long post, long account) {
    return deed(
        """
        SELECT p.author_id, l.id FROM post_like l JOIN post p ON p.id = l.post_id
        WHERE l.post_id = ? AND l.account_id = ? AND NOT l.removed AND p.deleted_at IS NULL
        """,
        post,
        account);
  }

  public Optional<Deed> share(long original, long account) {
    return deed(
        """
        SELECT p.author_id, s.id FROM post s JOIN post p ON p.id = s.original_id
        WHERE s.original_id = ? AND s.author_id = ? AND s.deleted_at IS NULL AND p.deleted_at IS NULL
        ORDER BY s.id DESC LIMIT 1
        """,
        original,
        account);
  }

  /** The account's newest comment under the post. */
  public Optional<Deed> comment(long post, long account) {
    return deed(
        """
        SELECT p.author_id, c.id FROM comment c JOIN post p ON p.id = c.post_id
        WHERE c.post_id = ? AND c.author_id = ? AND c.deleted_at IS NULL AND p.deleted_at IS NULL
        ORDER BY c.id DESC LIMIT 1
        """,
        post,
        account);
  }

  /**
   * Whom the account names in the post, if it is theirs, and in their comments under it, each with
   * the id of the newest text that does.
   */
  public Map<Long, Long> mentions(long post, long account) {
    return jdbi.withHandle(handle -> {
      Map<Long, Long> named = new HashMap<>();
      handle
          .createQuery(
              """
              SELECT account_id, max(id) FROM (
                SELECT unnest(mentioned) AS account_id, id FROM post
                WHERE id = :post AND author_id = :account AND deleted_at IS NULL
                UNION ALL
                SELECT unnest(c.mentioned), c.id FROM comment c JOIN post p ON p.id = c.post_id
                WHERE c.post_id = :post AND c.author_id = :account
                  AND c.deleted_at IS NULL AND p.deleted_at IS NULL) AS named
              GROUP BY account_id
              """)
          .bind("post", post)
          .bind("account", account)
          .map((row, context) -> named.put(row.getLong(1), row.getLong(2)))
          .list();
      return named;
    });
  }

  private Optional<Written> written(String sql, long id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(sql)
            .bind(0, id)
            .map((row, context) -> new Written(row.getLong(1), row.getLong(2), row.getBoolean(3)))
            .findOne());
  }

  private Optional<Deed> deed(String sql, long post, long account) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(sql)
            .bind(0, post)
            .bind(1, account)
            .map((row, context) -> new Deed(row.getLong(1), row.getLong(2)))
            .findOne());
  }
}
