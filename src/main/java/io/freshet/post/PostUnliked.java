package io.freshet.post;

/** An account took its like of a post back; whether it likes the post again, the row says. */
public record PostUnliked(long post, long account) {
  public static final String TOPIC = "post-unliked";
}
