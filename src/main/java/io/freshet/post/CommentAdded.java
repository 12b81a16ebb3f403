package io.freshet.post;

/** A post was commented on. */
public record CommentAdded(long comment, long post) {
  public static final String TOPIC = "comment-added";
}
