package io.freshet.app.capacity;

/** The inputs that a community can grow by. */
public enum Input {
  DAU("--dau"),
  POSTS_PER_DAY("--posts-per-day"),
  READS_PER_DAY("--reads-per-day"),
  FOLLOWERS_MEAN("--followers-mean"),
  FOLLOWERS_MAX("--followers-max"),
  WINDOW("--window"),
  DAYS("--days"),
  PEAK("--peak");

  private final String option;

  Input(String option) {
    this.option = option;
  }

  public String option() {
    return option;
  }

  /** The same demand with twice of this. */
  Demand doubled(Demand of) {
    return new Demand(
        of.dau() * by(DAU),
        of.postsPerDay() * by(POSTS_PER_DAY),
        of.readsPerDay() * by(READS_PER_DAY),
        of.followersMean() * by(FOLLOWERS_MEAN),
        // No mean is above the most.
        Math.max(of.followersMax() * by(FOLLOWERS_MAX), of.followersMean() * by(FOLLOWERS_MEAN)),
        of.activeShare(),
        of.keptShare(),
        of.window() * by(WINDOW),
        of.days() * by(DAYS),
        of.textBytes(),
        of.peak() * by(PEAK));
  }

  private double by(Input input) {
    return this == input ? 2 : 1;
  }
}
