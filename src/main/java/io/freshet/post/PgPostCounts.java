package io.freshet.post;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The table post_count. Its row is locked before the rows it counts are looked at, so that two who
 * count the same post work one after the other and the second finds nothing to do.
 */
public final class PgPostCounts implements CountStore {
  /** Rows of a kind moved in one transaction: some 50 ms of work. */
  private static final int STEP = 5_000;

  private static final List<String> RECOUNT =
      List.of(
          "DELETE FROM post_like WHERE post_id = :post AND removed",
          "UPDATE post_like SET counted = true WHERE post_id = :post AND NOT removed AND NOT counted",
          """
          UPDATE comment SET counted = (deleted_at IS NULL)
          WHERE post_id = :post AND counted = (deleted_at IS NOT NULL)
          """,
          """
          UPDATE post SET counted = (deleted_at IS NULL)
          WHERE original_id = :post AND counted = (deleted_at IS NOT NULL)
          """,
          """
          UPDATE post_count
          SET likes = (SELECT count(*) FROM post_like WHERE post_id = :post AND counted),
              comments = (SELECT count(*) FROM comment WHERE post_id = :post AND counted),
              shares = (SELECT count(*) FROM post WHERE original_id = :post AND counted),
              version = version + 1
          WHERE post_id = :post
          """);

  private final Jdbi jdbi;

  public PgPostCounts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Map<Long, Counts> find(Collection<Long> posts) {
    Map<Long, Counts> found = HashMap.newHashMap(posts.size());
    posts.forEach(post -> found.put(post, Counts.NONE));
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                """
                SELECT post_id, likes, comments, shares, version
                FROM post_count WHERE post_id = ANY (:posts)
                """)
            .bind("posts", posts.toArray(Long[]::new))
            .map((row, context) -> found.put(row.getLong("post_id"), counts(row)))
            .list());
    return found;
  }

  @Override
  public Settled settle(long post) {
    return jdbi.inTransaction(handle -> {
      if (!isUnsettled(handle, post)) {
        return new Settled(find(handle, post), false);
      }
      lock(handle, post);
      Moved likes = likes(handle, post);
      Moved comments = comments(handle, post);
      Moved shares = shares(handle, post);
      if (likes.rows() + comments.rows() + shares.rows() == 0) {
        return new Settled(find(handle, post), false);
      }
      boolean isMoreLeft = Math.max(likes.rows(), Math.max(comments.rows(), shares.rows())) >= STEP;
      return new Settled(add(handle, post, likes.by(), comments.by(), shares.by()), isMoreLeft);
    });
  }

  /** Rows that come or go meanwhile wait for their own event, as ever. */
  @Override
  public void recount(long post) {
    jdbi.useTransaction(handle -> {
      lock(handle, post);
      for (String sql : RECOUNT) {
        handle.createUpdate(sql).bind("post", post).execute();
      }
    });
  }

  /**
   * Rows that were moved.
   *
   * @param by what the counter grows by
   */
  private record Moved(int rows, int by) {}

  /** Without a lock: most who ask come after somebody who has counted their change too. */
  private static boolean isUnsettled(Handle handle, long post) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT FROM post_like WHERE post_id = :post AND counted = removed)
                OR EXISTS (SELECT FROM comment WHERE post_id = :post AND counted = (deleted_at IS NOT NULL))
                OR EXISTS (SELECT FROM post WHERE original_id = :post AND counted = (deleted_at IS NOT NULL))
            """)
        .bind("post", post)
        .mapTo(Boolean.class)
        .one();
  }

  private static void lock(Handle handle, long post) {
    handle.execute("INSERT INTO post_count (post_id) VALUES (?) ON CONFLICT DO NOTHING", post);
    handle.execute("SELECT FROM post_count WHERE post_id = ? FOR UPDATE", post);
  }

  /** Likes that were taken back are deleted as they are let go. */
  private static Moved likes(Handle handle, long post) {
    int gone =
        handle.execute(
            """
            DELETE FROM post_like WHERE post_id = ? AND removed AND counted AND account_id IN (
              SELECT account_id FROM post_like WHERE post_id = ? AND removed AND counted LIMIT ?)
            """,
            post,
            post,
            STEP);
    int come =
        handle.execute(
            """
            UPDATE post_like SET counted = true
            WHERE post_id = ? AND NOT removed AND NOT counted AND account_id IN (
              SELECT account_id FROM post_like WHERE post_id = ? AND NOT removed AND NOT counted LIMIT ?)
            """,
            post,
            post,
            STEP);
    return new Moved(gone + come, come - gone);
  }

  private static Moved comments(Handle handle, long post) {
    return flip(
        handle,
        """
        UPDATE comment SET counted = NOT counted
        WHERE post_id = :post AND counted = (deleted_at IS NOT NULL) AND id IN (
          SELECT id FROM comment WHERE post_id = :post AND counted = (deleted_at IS NOT NULL) LIMIT :step)
        RETURNING counted
        """,
        post);
  }

  private static Moved shares(Handle handle, long post) {
    return flip(
        handle,
        """
        UPDATE post SET counted = NOT counted
        WHERE original_id = :post AND counted = (deleted_at IS NOT NULL) AND id IN (
          SELECT id FROM post WHERE original_id = :post AND counted = (deleted_at IS NOT NULL) LIMIT :step)
        RETURNING counted
        """,
        post);
  }

  private static Moved flip(Handle handle, String sql, long post) {
    return handle
        .createQuery(
            "WITH flipped AS ("
                + sql
                + ") SELECT count(*), count(*) FILTER (WHERE counted) FROM flipped")
        .bind("post", post)
        .bind("step", STEP)
        .map((row, context) -> new Moved(row.getInt(1), 2 * row.getInt(2) - row.getInt(1)))
        .one();
  }

  private static Counts add(Handle handle, long post, int likes, int comments, int shares) {
    return handle
        .createQuery(
            """
            UPDATE post_count SET likes = likes + ?, comments = comments + ?, shares = shares + ?,
                                  version = version + 1
            WHERE post_id = ? RETURNING likes, comments, shares, version
            """)
        .bind(0, likes)
        .bind(1, comments)
        .bind(2, shares)
        .bind(3, post)
        .map((row, context) -> counts(row))
        .one();
  }

  private static Counts find(Handle handle, long post) {
    return handle
        .createQuery("SELECT likes, comments, shares, version FROM post_count WHERE post_id = ?")
        .bind(0, post)
        .map((row, context) -> counts(row))
        .findOne()
        .orElse(Counts.NONE);
  }

  private static Counts counts(ResultSet row) throws SQLException {
    return new Counts(
        row.getInt("likes"), row.getInt("comments"), row.getInt("shares"), row.getLong("version"));
  }
}
