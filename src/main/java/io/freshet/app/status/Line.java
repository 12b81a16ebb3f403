package io.freshet.app.status;

import io.freshet.app.status.Figure.Kind;
import io.freshet.app.status.Figure.Merge;
import io.freshet.app.status.Sample.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The points of one figure, made of the samples of all processes. What grows is compared with the
 * sample of the same process in the slot before; after a restart or a gap there is none, and it
 * begins anew. A level of a node that was restarted within a slot is that of its newest start.
 */
final class Line {
  private final Figure figure;
  private final Map<Long, Sample> before = new HashMap<>();

  /** What each slot's processes say, by who counts once. */
  private final Map<Long, Map<String, Told>> slots = new HashMap<>();

  /** A number and its weight, and who says it. */
  private record Told(Source source, Reading reading) {
    Told orNewer(Told other) {
      return other.source.startedAt().isBefore(source.startedAt()) ? this : other;
    }
  }

  Line(Figure figure) {
    this.figure = figure;
  }

  /** To be given the samples in the order of their time. */
  void add(Sample sample) {
    Optional.ofNullable(sample.readings().get(figure.name()))
        .flatMap(now -> told(sample, now))
        .ifPresent(told -> put(sample, told));
    before.put(sample.source().id(), sample);
  }

  private void put(Sample sample, Reading reading) {
    Source source = sample.source();
    String who = figure.kind() == Kind.LEVEL ? source.name() : Long.toString(source.id());
    slots
        .computeIfAbsent(Slots.of(sample.at()), _ -> new HashMap<>())
        .merge(who, new Told(source, reading), Told::orNewer);
  }

  private Optional<Reading> told(Sample sample, Reading now) {
    if (figure.kind() == Kind.LEVEL) {
      return Optional.of(now);
    }
    Sample earlier = before.get(sample.source().id());
    if (earlier == null || Slots.of(earlier.at()) != Slots.of(sample.at()) - 1) {
      return Optional.empty();
    }
    // A meter that was not there then had counted nothing.
    Reading then = earlier.readings().getOrDefault(figure.name(), new Reading(0, 0));
    return grown(now.minus(then), seconds(earlier.at(), sample.at()));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }

  private Optional<Reading> grown(Reading growth, double seconds) {
    if (growth.value() < 0 || growth.weight() < 0 || seconds <= 0) {
      return Optional.empty();
    }
    return switch (figure.kind()) {
      case SPEED -> Optional.of(new Reading(growth.value() / seconds, 0));
      case MEAN, SHARE -> growth.weight() > 0 ? Optional.of(growth) : Optional.empty();
      case LEVEL, GROWTH -> Optional.of(growth);
    };
  }

  /** Empty where nobody says anything. */
  OptionalDouble point(long slot) {
    List<Reading> told =
        slots.getOrDefault(slot, Map.of()).values().stream().map(Told::reading).toList();
    if (told.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (figure.merge() == Merge.WEIGHTED) {
      double weight = told.stream().mapToDouble(Reading::weight).sum();
      return OptionalDouble.of(told.stream().mapToDouble(Reading::value).sum() / weight);
    }
    return switch (figure.merge()) {
      case MOST -> told.stream().mapToDouble(Reading::value).max();
      case LEAST -> told.stream().mapToDouble(Reading::value).min();
      case SUM, WEIGHTED -> OptionalDouble.of(told.stream().mapToDouble(Reading::value).sum());
    };
  }
}
