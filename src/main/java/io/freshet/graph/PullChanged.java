package io.freshet.graph;

/**
 * An author became a celebrity or is one no more; {@code flips} tells which change of theirs this
 * is.
 */
public record PullChanged(long author, long flips) {
  public static final String TOPIC = "pull-changed";
}
