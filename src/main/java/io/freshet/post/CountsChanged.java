package io.freshet.post;

/**
 * Likes, comments or shares of a post came or went; their rows say which of them its counters do
 * not hold yet. The post is never a share.
 */
public record CountsChanged(long post) {
  public static final String TOPIC = "counts-changed";
}
