package io.freshet.post;

/**
 * How many like, comment on and share a post.
 *
 * @param version rises with each change of the three
 */
public record Counts(int likes, int comments, int shares, long version) {
  public static final Counts NONE = new Counts(0, 0, 0, 0);
}
