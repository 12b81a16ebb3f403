package io.freshet.search;

import java.util.List;

/**
 * The newest matches below some id, newest first.
 *
 * @param floor the id down to which there are no others; 0: there are none at all
 */
record Newest(List<Match> matches, long floor) {

  /** All matches that there are; more, if they are as many as were asked for. */
  static Newest ofAll(List<Match> matches, int asked) {
    return new Newest(matches, matches.size() < asked ? 0 : matches.getLast().id());
  }
}
