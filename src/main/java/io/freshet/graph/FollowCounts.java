package io.freshet.graph;

/**
 * An account's counters.
 *
 * @param unfollows how often anyone stopped following it: only grows
 * @param flips how often {@code pull} changed: only grows
 */
public record FollowCounts(int followers, int followees, long unfollows, Pull pull, long flips) {
  public static final FollowCounts NONE = new FollowCounts(0, 0, 0, Pull.NO, 0);

  public boolean celebrity() {
    return pull == Pull.YES;
  }
}
