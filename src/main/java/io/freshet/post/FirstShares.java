package io.freshet.post;

/**
 * The oldest living shares of a post.
 *
 * @param ids ascending
 * @param authors who shared, in the same order
 * @param isAll whether there are no others
 */
public record FirstShares(long[] ids, long[] authors, boolean isAll) {
  /** How many are kept at most: beyond them the database is asked, for each reader anew. */
  public static final int LIMIT = 200;

  public static final FirstShares NONE = new FirstShares(new long[0], new long[0], true);

  /** The greatest of the ids, 0 without any. */
  public long last() {
    return ids.length == 0 ? 0 : ids[ids.length - 1];
  }

  int bytes() {
    return 2 * ids.length * Long.BYTES;
  }
}
