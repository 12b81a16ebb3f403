package io.freshet.app;

import io.freshet.fanout.BatchListener;
import io.freshet.platform.Ids;
import io.freshet.platform.Metrics;
import io.freshet.platform.trace.Step;
import io.freshet.queue.Lane;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long posts take into the stored feeds: from the moment in a post's id, when it was made, to
 * the end of each batch of followers, by lane. Clocks of two machines may differ by some
 * milliseconds; below zero counts as zero.
 */
final class FanoutLag implements BatchListener {
  private static final List<Duration> BUCKETS =
      Stream.of(10, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000)
          .map(Duration::ofMillis)
          .toList();

  private final InstantSource clock;
  private final Map<Lane, Timer> timers = new EnumMap<>(Lane.class);

  FanoutLag(InstantSource clock, Metrics metrics) {
    this.clock = clock;
    for (Lane lane : Lane.values()) {
      if (lane == Lane.BATCHES || lane == Lane.BIG_BATCHES) {
        timers.put(
            lane,
            metrics.timer(
                "freshet_fanout_lag",
                "From a post's making to a batch of followers having it",
                BUCKETS,
                "lane",
                lane.name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  @Override
  public void inserted(Lane lane, long post) {
    Timer timer = timers.get(lane);
    if (timer != null) {
      Duration lag = Duration.between(Ids.instantOf(post), clock.instant());
      Step.current().note("freshet.fanout.lag_ms", lag.toMillis());
      timer.record(lag.isNegative() ? Duration.ZERO : lag);
    }
  }
}
