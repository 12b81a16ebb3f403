package io.freshet.post;

/** A post was deleted, for good. */
public record PostDeleted(long post, long author) {
  public static final String TOPIC = "post-deleted";
}
