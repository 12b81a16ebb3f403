package io.freshet.app;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * What feeds must hold, by plain SQL over the tables and nothing else: written apart from the feed
 * code, so that the two can be held against each other.
 *
 * @param viewer whose feed
 * @param written the newest living posts of the followees, muted or not, as many as a stored feed
 *     can hold
 * @param seen the newest posts the viewer may see, Q(u) of docs/guarantees.md, as far as asked for
 */
record FeedExpectation(long viewer, long[] written, long[] seen) {
  private static final String SQL =
      """
      SELECT viewer.id,
             array(SELECT newest.id
                   FROM follow
                   CROSS JOIN LATERAL (SELECT post.id FROM post WHERE post.author_id = follow.followee_id AND post.deleted_at IS NULL
                                       ORDER BY post.id DESC LIMIT :capacity) newest
                   WHERE follow.follower_id = viewer.id
                   ORDER BY newest.id DESC LIMIT :capacity),
             array(SELECT newest.id
                   FROM follow
                   CROSS JOIN LATERAL (SELECT post.id FROM post WHERE post.author_id = follow.followee_id AND post.deleted_at IS NULL
                                       AND (post.original_id IS NULL OR %s) ORDER BY post.id DESC LIMIT :depth) newest
                   WHERE follow.follower_id = viewer.id AND NOT %s
                   ORDER BY newest.id DESC LIMIT :depth)
      FROM unnest(CAST(:viewers AS bigint[])) AS viewer (id)
      """
          .formatted(shown(), hidden("follow.followee_id"));

  /** A share of what lives, by one whom the viewer does not follow, and no older one is seen. */
  private static String shown() {
    return """
    (EXISTS (SELECT FROM post original WHERE original.id = post.original_id AND original.deleted_at IS NULL AND NOT %s
             AND NOT EXISTS (SELECT FROM follow known
                             WHERE known.follower_id = viewer.id AND known.followee_id = original.author_id))
     AND NOT EXISTS (SELECT FROM post older
                     JOIN follow other ON other.follower_id = viewer.id AND other.followee_id = older.author_id
                     WHERE older.original_id = post.original_id AND older.id < post.id AND older.deleted_at IS NULL AND NOT %s))
    """
        .formatted(hidden("original.author_id"), hidden("older.author_id"));
  }

  private static String hidden(String author) {
    return """
    (EXISTS (SELECT FROM mute WHERE mute.viewer_id = viewer.id AND mute.author_id = %1$s
             AND (mute.muted_until IS NULL OR mute.muted_until > now()))
     OR EXISTS (SELECT FROM restriction WHERE restriction.viewer_id = viewer.id AND restriction.author_id = %1$s))
    """
        .formatted(author);
  }

  /**
   * @param capacity entries a stored feed can hold
   * @param depth how far {@link #seen} goes
   */
  static List<FeedExpectation> read(Jdbi jdbi, List<Long> viewers, int capacity, int depth) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(SQL)
            .bind("capacity", capacity)
            .bind("depth", depth)
            .bind("viewers", viewers.stream().mapToLong(Long::longValue).toArray())
            .map((row, context) ->
                new FeedExpectation(row.getLong(1), longs(row.getArray(2)), longs(row.getArray(3))))
            .list());
  }

  private static long[] longs(Array ids) throws SQLException {
    return Arrays.stream((Long[]) ids.getArray()).mapToLong(Long::longValue).toArray();
  }
}
