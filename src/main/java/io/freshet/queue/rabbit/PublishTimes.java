package io.freshet.queue.rabbit;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.freshet.platform.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How long RabbitMQ takes to confirm what is published, and what it does not. Thread-safe. */
final class PublishTimes {
  private static final List<Duration> BUCKETS =
      Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000).map(Duration::ofMillis).toList();

  private final LongAdder failed = new LongAdder();
  private volatile Optional<Timer> confirmed = Optional.empty();

  void measure(Metrics metrics) {
    confirmed =
        Optional.of(metrics.timer("freshet_rabbitmq_publish", "Until RabbitMQ confirmed", BUCKETS));
    metrics.count(
        "freshet_rabbitmq_publish_failed", "Publishes that were not confirmed", failed::sum);
  }

  CompletionStage<Void> watch(CompletionStage<Void> confirm) {
    long start = System.nanoTime();
    var _ =
        confirm.whenComplete((done, thrown) -> {
          if (thrown == null) {
            confirmed.ifPresent(timer -> timer.record(System.nanoTime() - start, NANOSECONDS));
          } else {
            failed.increment();
          }
        });
    return confirm;
  }
}
