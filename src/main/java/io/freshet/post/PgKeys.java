package io.freshet.post;

import io.freshet.post.PostException.Problem;
import java.security.MessageDigest;
import org.jdbi.v3.core.Handle;

/** The table post_idempotency, in the transaction that creates a post. */
final class PgKeys {
  private PgKeys() {}

  /**
   * Saves the key, waiting for a running transaction with the same key; false if it is there
   * already.
   */
  static boolean keep(Handle handle, Post post, String key, byte[] hash) {
    return handle.execute(
            """
            INSERT INTO post_idempotency (author_id, key, request_hash, post_id) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            post.author().value(),
            key,
            hash,
            post.id().value())
        == 1;
  }

  /**
   * The post that was made with the key.
   *
   * @throws PostException KEY_REUSED if another was asked for
   */
  static long earlier(Handle handle, long author, String key, byte[] hash) {
    record Earlier(byte[] hash, long id) {}
    Earlier earlier =
        handle
            .createQuery(
                "SELECT request_hash, post_id FROM post_idempotency WHERE author_id = ? AND key = ?")
            .bind(0, author)
            .bind(1, key)
            .map((row, context) -> new Earlier(row.getBytes(1), row.getLong(2)))
            .one();
    if (!MessageDigest.isEqual(earlier.hash(), hash)) {
      throw new PostException(
          Problem.KEY_REUSED,
          "Idempotency-Key",
          "this key was used for another post: take a new one");
    }
    return earlier.id();
  }
}
