package io.freshet.app.capacity;

/**
 * Units of work a second: means over a day, and in the busiest minutes.
 *
 * @param largestEntries entries a second, in the mean, if every author had the most followers
 */
public record Load(
    double posts,
    double postsAtPeak,
    double entries,
    double entriesAtPeak,
    double pages,
    double pagesAtPeak,
    double largestEntries) {
  private static final double SECONDS_A_DAY = 86_400;

  static Load of(Demand demand) {
    double posts = demand.dau() * demand.postsPerDay() / SECONDS_A_DAY;
    double entries = posts * demand.followersMean() * demand.keptShare();
    double pages = demand.dau() * demand.readsPerDay() / SECONDS_A_DAY;
    double peak = demand.peak();
    return new Load(
        posts,
        posts * peak,
        entries,
        entries * peak,
        pages,
        pages * peak,
        posts * demand.followersMax() * demand.keptShare());
  }
}
