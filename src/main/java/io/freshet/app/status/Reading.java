package io.freshet.app.status;

import io.freshet.platform.Metrics;
import java.util.Optional;

/**
 * What was read of a figure's meters at one moment.
 *
 * @param value a level, a counter's count, or a timer's seconds in all
 * @param weight what the value is a part of: a timer's count, or that of all the counter's meters;
 *     else 0
 */
record Reading(double value, double weight) {

  /** Empty where this process has no such meter, or it does not know. */
  static Optional<Reading> of(Figure figure, Metrics metrics) {
    Optional<Metrics.Total> own = metrics.total(figure.meter(), figure.tags());
    return switch (figure.kind()) {
      case LEVEL -> own.map(total -> new Reading(total.value(), 0));
      case SPEED, GROWTH -> own.map(total -> new Reading(total.count(), 0));
      case MEAN -> own.map(total -> new Reading(total.value(), total.count()));
      case SHARE ->
          metrics
              .total(figure.meter())
              .map(all -> new Reading(own.map(Metrics.Total::count).orElse(0.0), all.count()));
    };
  }

  Reading minus(Reading earlier) {
    return new Reading(value - earlier.value, weight - earlier.weight);
  }
}
