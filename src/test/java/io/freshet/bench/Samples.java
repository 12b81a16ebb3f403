package io.freshet.bench;

import java.util.Arrays;
import java.util.Collection;

/** Measured values of one thing. */
record Samples(double[] values) {

  static Samples of(Collection<Double> values) {
    return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  double median() {
    return percentile(50);
  }

  /** The smallest value that this share of all values does not exceed (nearest rank). */
  double percentile(double percent) {
    if (values.length == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }
}
