package io.freshet.graph;

/**
 * When an author's posts are pulled: from {@code threshold} followers on, until fewer than {@code
 * keepShare} of it are left, so that an author at the threshold does not flip to and fro.
 */
public record CelebrityRule(int threshold, double keepShare) {
  public CelebrityRule {
    if (threshold < 1) {
      throw new IllegalArgumentException("the celebrity threshold must be at least 1 follower");
    }
    if (!(keepShare > 0 && keepShare <= 1)) {
      throw new IllegalArgumentException(
          "the share of the threshold that keeps a celebrity must be over 0 and at most 1");
    }
  }

  /** Below this number of followers a celebrity is one no more. */
  public int lower() {
    return (int) Math.ceil(threshold * keepShare);
  }

  /** What an author with so many followers becomes. */
  public Pull next(Pull now, int followers) {
    if (followers >= threshold) {
      return Pull.YES;
    }
    return now == Pull.YES && followers < lower() ? Pull.LEAVING : now;
  }
}
