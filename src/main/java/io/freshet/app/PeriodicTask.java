package io.freshet.app;

import io.freshet.platform.Timetable;
import java.time.Duration;

/**
 * Work that is done again and again, by one scheduler of the cluster at a time. It may be cut short
 * by a crash and begun again elsewhere.
 */
record PeriodicTask(String name, Timetable due, Runnable work) {

  /**
   * @param rest how long after its end it is due again
   */
  PeriodicTask(String name, Duration rest, Runnable work) {
    this(name, new Timetable.Every(rest), work);
  }
}
