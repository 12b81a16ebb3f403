package io.freshet.app.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a process measured of itself at one moment.
 *
 * @param readings by the name of the figure
 */
record Sample(Source source, Instant at, Map<String, Reading> readings) {

  /**
   * Who measured.
   *
   * @param id drawn at the start, so that no other start has the same
   * @param name among others, which the next start may have again
   */
  record Source(long id, String name, List<String> roles, String version, Instant startedAt) {}
}
