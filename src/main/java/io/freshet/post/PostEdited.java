package io.freshet.post;

/** The text of a post was changed. */
public record PostEdited(long post) {
  public static final String TOPIC = "post-edited";
}
