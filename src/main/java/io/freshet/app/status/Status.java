package io.freshet.app.status;

import io.freshet.web.api.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;

/** The status of all processes, merged of their samples when it is asked for. Thread-safe. */
public final class Status {
  /** Until the samples of a slot are there: they are taken at its beginning. */
  private static final Duration SETTLED = Sampling.REST.plusSeconds(1);

  private final PgSamples samples;
  private final InstantSource clock;

  public Status(Jdbi jdbi, InstantSource clock) {
    this.samples = new PgSamples(jdbi);
    this.clock = clock;
  }

  public StatusView now() {
    long newest = Slots.of(clock.instant().minus(SETTLED));
    long oldest = newest - Slots.SHOWN + 1;
    // One more, for what has grown in the first.
    List<Sample> all = samples.since(Slots.begin(oldest - 1));
    List<StatusView.Line> lines =
        Figures.ALL.stream().map(figure -> line(figure, all, oldest, newest)).toList();
    return new StatusView(
        Math.toIntExact(Slots.EVERY.toSeconds()), Slots.begin(newest), nodes(all), lines);
  }

  private static StatusView.Line line(Figure figure, List<Sample> all, long oldest, long newest) {
    Line line = new Line(figure);
    all.forEach(line::add);
    List<StatusView.Point> points =
        LongStream.rangeClosed(oldest, newest)
            .mapToObj(slot -> new StatusView.Point(line.point(slot)))
            .toList();
    return new StatusView.Line(figure.name(), figure.unit(), points);
  }

  /** The last start of each name. */
  private static List<StatusView.Node> nodes(List<Sample> all) {
    Map<String, StatusView.Node> nodes = new LinkedHashMap<>();
    for (Sample sample : all) {
      Sample.Source source = sample.source();
      Instant startedAt = source.startedAt();
      nodes.merge(
          source.name(),
          new StatusView.Node(
              source.name(), source.roles(), source.version(), startedAt, sample.at()),
          (one, other) -> one.startedAt().isAfter(other.startedAt()) ? one : other);
    }
    return nodes.values().stream().sorted(Comparator.comparing(StatusView.Node::name)).toList();
  }
}
