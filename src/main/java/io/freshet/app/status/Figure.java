package io.freshet.app.status;

import io.freshet.web.api.StatusView.Unit;

/**
 * One line of the status: which meters it is read of, and how those of several processes become one
 * number.
 *
 * @param tags of its meters, name and value by turns; meters that differ in others are added up
 */
record Figure(String name, Unit unit, String meter, String[] tags, Kind kind, Merge merge) {

  /** What becomes of a meter. */
  enum Kind {
    /** Shown as it stands. */
    LEVEL,
    /** A counter: how fast it grew since the last sample. */
    SPEED,
    /** A counter: how much it grew since the last sample. */
    GROWTH,
    /** A timer: the mean of what was timed since the last sample. */
    MEAN,
    /** A counter: the part of the growth that has the tags, of that of all its meters. */
    SHARE
  }

  /** How the numbers of several processes become one. */
  enum Merge {
    SUM,
    MOST,
    LEAST,
    /** By how much each of them saw. */
    WEIGHTED
  }
}
