package io.freshet.post;

/** A post was written. */
public record PostPublished(long post, long author) {
  public static final String TOPIC = "post-published";
}
