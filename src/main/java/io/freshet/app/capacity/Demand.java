package io.freshet.app.capacity;

import io.freshet.platform.OperatorException;

/**
 * What is asked of a cluster. What people ask for is {@link #checked}; twice of it, which the model
 * looks at, may be beyond the ranges.
 *
 * @param dau people who read on an ordinary day
 * @param postsPerDay posts that each of them writes in a day
 * @param readsPerDay pages that each of them reads in a day
 * @param followersMean followers of the author of a post, on the average over posts
 * @param followersMax followers of the author with the most
 * @param activeShare of all accounts, the share that reads on an ordinary day
 * @param keptShare of all accounts, the share whose feeds are kept (see feed.keepDays)
 * @param window entries of a kept feed (feed.window and feed.slack)
 * @param days how long posts are kept
 * @param textBytes mean length of a post's text
 * @param peak the busiest minutes' load, as a multiple of the mean over the day
 */
public record Demand(
    double dau,
    double postsPerDay,
    double readsPerDay,
    double followersMean,
    double followersMax,
    double activeShare,
    double keptShare,
    double window,
    double days,
    double textBytes,
    double peak) {

  /**
   * The same, if it is one that can be asked for.
   *
   * @throws OperatorException naming the option that is out of its range
   */
  public Demand checked() {
    range("--dau", dau, 1, 1e10);
    range("--posts-per-day", postsPerDay, 0, 10_000);
    range("--reads-per-day", readsPerDay, 0, 100_000);
    range("--followers-mean", followersMean, 0, 1e9);
    range("--followers-max", followersMax, 0, 1e10);
    range("--active-share", activeShare, 0.001, 1);
    range("--kept-share", keptShare, 0, 1);
    range("--window", window, 10, 100_000);
    range("--days", days, 1, 36_500);
    range("--text-bytes", textBytes, 1, 100_000);
    range("--peak", peak, 1, 1_000);
    if (followersMax < followersMean) {
      throw new OperatorException(
          "--followers-max must be at least --followers-mean: no mean is above the most.");
    }
    return this;
  }

  public double accounts() {
    return dau / activeShare;
  }

  public double keptFeeds() {
    return accounts() * keptShare;
  }

  private static void range(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new OperatorException(
          "%s must be from %s to %s.".formatted(option, plain(least), plain(most)));
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? "%.0f".formatted(number) : Double.toString(number);
  }
}
