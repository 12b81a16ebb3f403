package io.freshet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said of an endpoint that was measured at both volumes, in milliseconds. */
record QaVerdict(String endpoint, Samples tenth, Samples full) {
  static final double MOST_MILLIS = 1_000;
  static final double MOST_RATIO = 1.5;

  /** Below this a ratio says more of the machine than of us. */
  static final double NOISE_MILLIS = 0.5;

  boolean isTooSlow() {
    return full.percentile(99) > MOST_MILLIS;
  }

  /** The percentiles that have grown with the volume by more than they may. */
  List<String> grown() {
    List<String> grown = new ArrayList<>();
    for (int percent : List.of(50, 99)) {
      double more = full.percentile(percent) - tenth.percentile(percent);
      if (ratio(percent) > MOST_RATIO && more > NOISE_MILLIS) {
        grown.add("p%d %.2f times".formatted(percent, ratio(percent)));
      }
    }
    return grown;
  }

  double ratio(int percent) {
    return full.percentile(percent) / tenth.percentile(percent);
  }

  String line() {
    String verdict =
        isTooSlow()
            ? "FAILS: over 1 s"
            : grown().isEmpty() ? "ok" : "MARKED: " + String.join(", ", grown());
    return String.format(
        Locale.ROOT,
        "%-45s p50 %8.2f %8.2f ms %6.2f   p99 %8.2f %8.2f ms %6.2f   %s",
        endpoint,
        tenth.percentile(50),
        full.percentile(50),
        ratio(50),
        tenth.percentile(99),
        full.percentile(99),
        ratio(99),
        verdict);
  }
}
