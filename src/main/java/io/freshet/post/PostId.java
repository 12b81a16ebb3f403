package io.freshet.post;

/** The id of a post. */
public record PostId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
