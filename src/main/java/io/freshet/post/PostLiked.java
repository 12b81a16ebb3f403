package io.freshet.post;

/** An account liked a post; whether it still does, the row says. */
public record PostLiked(long post, long account) {
  public static final String TOPIC = "post-liked";
}
