package io.freshet.app.bulk;

import java.util.function.IntToDoubleFunction;

/** Deals a whole number out by weights. */
final class Portions {
  /** More than what sums of doubles lose. */
  private static final double SLACK = 1e-6;

  private Portions() {}

  /**
   * Portions that add up to the total, unless the most for each forbids it.
   *
   * @param weight of each, 0 gets nothing
   * @param most that one may get
   */
  static int[] deal(int count, IntToDoubleFunction weight, long total, int most) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weight.applyAsDouble(i);
    }
    int[] portions = new int[count];
    double due = 0;
    long given = 0;
    for (int i = 0; i < count; i++) {
      double own = weight.applyAsDouble(i);
      due += own / sum * total;
      portions[i] = own == 0 ? 0 : Math.clamp((long) Math.floor(due + SLACK) - given, 0, most);
      given += portions[i];
    }
    return given == total ? portions : dealRest(portions, weight, total - given, most);
  }

  private static int[] dealRest(int[] portions, IntToDoubleFunction weight, long rest, int most) {
    long left = rest;
    for (boolean more = true; more && left > 0; ) {
      more = false;
      for (int i = 0; i < portions.length && left > 0; i++) {
        if (portions[i] < most && weight.applyAsDouble(i) > 0) {
          portions[i]++;
          left--;
          more = true;
        }
      }
    }
    return portions;
  }
}
