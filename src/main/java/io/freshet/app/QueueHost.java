package io.freshet.app;

import io.freshet.outbox.OutboxStore;
import io.freshet.outbox.PgDeadLetters;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Metrics;
import io.freshet.platform.Outage;
import io.freshet.queue.DeadLetters;
import io.freshet.queue.Lane;
import io.freshet.queue.LocalQueue;
import io.freshet.queue.Queue;
import io.freshet.queue.QueueAwayException;
import io.freshet.queue.QueueDepth;
import io.freshet.queue.RetryPolicy;
import io.freshet.queue.rabbit.RabbitQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The queue that the settings ask for, and what is to be known of it together with the outbox. Dead
 * letters are in the outbox, and with RabbitMQ also in its parking lot. Thread-safe.
 */
final class QueueHost implements AutoCloseable {
  /** How old the counts in the metrics may be. */
  private static final Duration STATS_AGE = Duration.ofSeconds(5);

  /**
   * Counts of both.
   *
   * @param depth empty while the queue is away
   * @param parked dead letters of both, as far as they can be counted
   */
  record Stats(OutboxStore.Stats outbox, Optional<QueueDepth> depth, long parked) {}

  private final OutboxStore outbox;
  private final InstantSource clock;
  private final Queue queue;
  private final List<DeadLetters> deadLetters;
  private final Optional<RabbitQueue> rabbit;
  private Optional<Stats> stats = Optional.empty();
  private Instant statsUntil = Instant.MIN;

  QueueHost(
      OutboxStore outbox,
      InstantSource clock,
      Queue queue,
      List<DeadLetters> deadLetters,
      Optional<RabbitQueue> rabbit) {
    this.outbox = outbox;
    this.clock = clock;
    this.queue = queue;
    this.deadLetters = deadLetters;
    this.rabbit = rabbit;
  }

  static QueueHost open(Core core) {
    FreshetConfig.Queue config = core.config.queue();
    RetryPolicy retries =
        new RetryPolicy(
            config.attempts(),
            Duration.ofMillis(config.firstPauseMillis()),
            Duration.ofSeconds(config.longestPauseSeconds()));
    DeadLetters rows = new PgDeadLetters(core.jdbi);
    if (core.config.rabbitmq().url().isEmpty()) {
      LocalQueue local = new LocalQueue(core.clock, retries);
      return new QueueHost(core.outboxStore, core.clock, local, List.of(rows), Optional.empty());
    }
    RabbitQueue rabbit = RabbitQueue.open(core.config.rabbitmq(), retries, core.clock);
    List<DeadLetters> both = List.of(rabbit.deadLetters(), rows);
    return new QueueHost(core.outboxStore, core.clock, rabbit, both, Optional.of(rabbit));
  }

  Queue queue() {
    return queue;
  }

  List<DeadLetters> deadLetters() {
    return deadLetters;
  }

  /**
   * Whether no event waits or is being worked, by this process or another. The outbox is looked at
   * first: what leaves it meanwhile is then seen in the queue.
   */
  boolean isQuiet() {
    return outbox.stats(clock.instant()).waiting() == 0 && queue.isQuiet();
  }

  Stats stats() {
    OutboxStore.Stats rows = outbox.stats(clock.instant());
    try {
      QueueDepth depth = queue.depth();
      long parked = deadLetters.stream().mapToLong(DeadLetters::count).sum();
      return new Stats(rows, Optional.of(depth), parked);
    } catch (QueueAwayException e) {
      return new Stats(rows, Optional.empty(), rows.parked());
    }
  }

  /**
   * For the metrics: counted anew when the last try is {@link #STATS_AGE} old; empty if that one
   * failed, so that a scrape waits for a database that is away once and not for each number.
   */
  synchronized Optional<Stats> recentStats() {
    if (clock.instant().isAfter(statsUntil)) {
      stats = Optional.empty();
      try {
        stats = Optional.of(stats());
      } catch (RuntimeException e) {
        if (!Outage.causes(e)) {
          throw e;
        }
      } finally {
        // From the end on, for a try may last long.
        statsUntil = clock.instant().plus(STATS_AGE);
      }
    }
    return stats;
  }

  /** Shows what waits in outbox and queue, and how RabbitMQ answers. */
  void measure(Metrics metrics) {
    for (Lane lane : Lane.values()) {
      String name = lane.name().toLowerCase(Locale.ROOT);
      metrics.gauge(
          "freshet_queue_waiting",
          "Tasks that a worker could take now",
          () -> deep(depth -> depth.waiting(lane)),
          "lane",
          name);
      metrics.gauge(
          "freshet_queue_worked",
          "Tasks in the hands of a process",
          () -> deep(depth -> depth.worked(lane)),
          "lane",
          name);
    }
    metrics.gauge(
        "freshet_queue_delayed", "Tasks that wait to be retried", () -> deep(QueueDepth::delayed));
    metrics.gauge("freshet_queue_parked", "Dead letters", () -> counted(Stats::parked));
    metrics.gauge(
        "freshet_outbox_waiting", "Events not yet done", () -> counted(s -> s.outbox().waiting()));
    metrics.gauge(
        "freshet_outbox_oldest_seconds",
        "Age of the oldest event",
        () -> counted(stats -> stats.outbox().oldest().toMillis() / 1e3));
    rabbit.ifPresent(broker -> broker.measure(metrics));
  }

  /** Not a number while the queue is away. */
  private double deep(ToDoubleFunction<QueueDepth> number) {
    return counted(stats -> stats.depth().map(number::applyAsDouble).orElse(Double.NaN));
  }

  /** Not a number while the database is away. */
  private double counted(ToDoubleFunction<Stats> number) {
    return recentStats().map(number::applyAsDouble).orElse(Double.NaN);
  }

  @Override
  public void close() {
    rabbit.ifPresent(RabbitQueue::close);
  }
}
