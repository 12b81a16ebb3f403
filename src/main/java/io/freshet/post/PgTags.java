package io.freshet.post;

import io.freshet.platform.Database;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table post_tag: for each hashtag the living posts that bear it. */
final class PgTags {
  private PgTags() {}

  /** Ids below {@code before}, newest first. */
  static long[] below(Handle handle, String tag, long before, int limit) {
    return handle
        .createQuery(
            """
            SELECT array(SELECT post_id FROM post_tag WHERE tag = ? AND post_id < ?
                         ORDER BY post_id DESC LIMIT ?)
            """)
        .bind(0, tag)
        .bind(1, before)
        .bind(2, limit)
        .map((row, context) -> Database.longs(row.getArray(1)))
        .one();
  }

  static void add(Handle handle, long post, List<String> tags) {
    if (!tags.isEmpty()) {
      handle
          .createUpdate(
              "INSERT INTO post_tag (tag, post_id) SELECT unnest(:tags), :post ON CONFLICT DO NOTHING")
          .bind("tags", tags.toArray(String[]::new))
          .bind("post", post)
          .execute();
    }
  }

  /**
   * Takes the post off the pages of all its hashtags.
   *
   * @param tags all that its row names, under a lock
   */
  static void remove(Handle handle, long post, List<String> tags) {
    if (!tags.isEmpty()) {
      handle
          .createUpdate("DELETE FROM post_tag WHERE tag = ANY (:tags) AND post_id = :post")
          .bind("tags", tags.toArray(String[]::new))
          .bind("post", post)
          .execute();
    }
  }
}
