package io.freshet.app.exchange;

import java.util.EnumMap;
import java.util.Map;

/** Counts what is left out. For one thread. */
final class Losses {
  private final Map<Loss, Long> counts = new EnumMap<>(Loss.class);

  void add(Loss loss) {
    add(loss, 1);
  }

  void add(Loss loss, long count) {
    if (count > 0) {
      counts.merge(loss, count, Long::sum);
    }
  }

  Map<Loss, Long> counts() {
    return new EnumMap<>(counts);
  }
}
