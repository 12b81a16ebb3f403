package io.freshet.app;

import io.freshet.platform.Metrics;
import io.freshet.queue.TaskHandler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How long tasks take, and how many attempts fail, by topic. */
record TaskTimes(Metrics metrics) {
  private static final List<Duration> BUCKETS =
      Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000)
          .map(Duration::ofMillis)
          .toList();

  /** The same handlers, watched. */
  Map<String, TaskHandler> over(Map<String, TaskHandler> handlers) {
    return handlers.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, each -> over(each.getKey(), each.getValue())));
  }

  private TaskHandler over(String topic, TaskHandler handler) {
    Timer timer = metrics.timer("freshet_task", "Until a task was worked", BUCKETS, "topic", topic);
    Counter failed = metrics.counter("freshet_task_failed", "Attempts that failed", "topic", topic);
    return body -> {
      Timer.Sample sample = Timer.start();
      try {
        return handler.handle(body);
      } catch (RuntimeException | Error e) {
        failed.increment();
        throw e;
      } finally {
        sample.stop(timer);
      }
    };
  }
}
