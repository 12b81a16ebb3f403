package io.freshet.post;

/** A comment is gone. */
public record CommentDeleted(long comment, long post) {
  public static final String TOPIC = "comment-deleted";
}
