package io.freshet.app.status;

import io.freshet.app.status.Sample.Source;
import io.freshet.platform.Metrics;
import io.freshet.platform.Role;
import io.freshet.platform.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Writes a sample of this process's figures at the beginning of each {@link Slots#EVERY} of the
 * clock, so that those of several processes stand side by side. Not thread-safe; what is lost while
 * the database is away is missing in the status, nothing else.
 */
public final class Sampling {
  /** How late a sample is at most: the status waits so long for it. */
  public static final Duration REST = Duration.ofSeconds(1);

  private static final Duration KEPT = Duration.ofHours(1);

  private final PgSamples samples;
  private final Metrics metrics;
  private final InstantSource clock;
  private final Supplier<Source> source;
  private long last = Long.MIN_VALUE;

  Sampling(Jdbi jdbi, Metrics metrics, InstantSource clock, Supplier<Source> source) {
    this.samples = new PgSamples(jdbi);
    this.metrics = metrics;
    this.clock = clock;
    this.source = source;
  }

  /**
   * Of this process, from now on.
   *
   * @param id that no other start has
   * @param number of this process among others, which may change while it runs
   */
  public static Sampling start(
      Jdbi jdbi,
      Metrics metrics,
      InstantSource clock,
      long id,
      Set<Role> roles,
      Supplier<OptionalInt> number) {
    Instant startedAt = clock.instant();
    List<String> names =
        roles.stream().sorted().map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
    return new Sampling(
        jdbi,
        metrics,
        clock,
        () -> {
          String name = "node-" + number.get().orElse(0);
          return new Source(id, name, names, Version.text(), startedAt);
        });
  }

  /** Takes one unless this slot has one; there is never more to do at once. */
  public boolean runOnce() {
    Instant now = clock.instant();
    if (Slots.of(now) != last) {
      Map<String, Reading> readings = new HashMap<>();
      for (Figure figure : Figures.ALL) {
        Reading.of(figure, metrics).ifPresent(reading -> readings.put(figure.name(), reading));
      }
      samples.save(new Sample(source.get(), now, readings), now.minus(KEPT));
      last = Slots.of(now);
    }
    return false;
  }
}
