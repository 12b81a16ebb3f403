package io.freshet.question;

import io.freshet.platform.Ids;

/**
 * How hot a question is: the second at which it was asked, counted from 1970, moved on by half a
 * day for each tenfold of its votes and answers, or back where the votes are against it. It changes
 * only with these, never with time, so a list in its order is an index. After the ranking that
 * Reddit published.
 */
public final class Hot {
  private static final double TENFOLD = 12 * 60 * 60;

  private static final long MILLIS = 1_000;

  private Hot() {}

  /**
   * @param question its id, which tells when it was asked
   * @param score its votes
   * @param answers how many it has
   */
  public static long of(long question, int score, int answers) {
    long asked = Ids.instantOf(question).toEpochMilli() / MILLIS;
    double points = (double) score + answers;
    double weight = Math.log10(Math.max(1, Math.abs(points)));
    return asked + Math.round(TENFOLD * Math.signum(points) * weight);
  }
}
