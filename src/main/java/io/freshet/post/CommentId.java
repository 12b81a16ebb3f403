package io.freshet.post;

/** The id of a comment. */
public record CommentId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
