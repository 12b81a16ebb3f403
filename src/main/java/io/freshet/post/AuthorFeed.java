package io.freshet.post;

/**
 * An author's newest posts.
 *
 * @param ids living posts, newest first
 * @param floor no living post with an id of at least this is missing: 0 when these are all
 */
public record AuthorFeed(long[] ids, long floor) {
  public static final AuthorFeed EMPTY = new AuthorFeed(new long[0], 0);
}
