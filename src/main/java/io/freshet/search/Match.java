package io.freshet.search;

import java.util.Comparator;

/** A row that matches, and how well. */
record Match(long id, float rank) {

  /** The best first; of equally good ones the newest. */
  static final Comparator<Match> BEST_FIRST =
      Comparator.comparingDouble(Match::rank).thenComparingLong(Match::id).reversed();
}
