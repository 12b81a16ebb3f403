package io.freshet.web;

import io.freshet.platform.Metrics;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What is measured of requests: how long each route takes by method and class of status, how many
 * are under way, and which problems are answered. An address that no route has counts as the route
 * {@code none}, so that callers cannot make up names. Thread-safe.
 */
public final class Traffic {
  private static final List<Duration> BUCKETS =
      Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
          .map(Duration::ofMillis)
          .toList();

  /** The status of one whose connection became a live one, and of one whose caller has gone. */
  private static final String TAKEN_OVER = "1xx";

  private static final String GONE = "gone";

  /** The route of what no route takes. */
  static final String NO_ROUTE = "none";

  private final Optional<Metrics> metrics;
  private final AtomicInteger underWay = new AtomicInteger();

  private Traffic(Optional<Metrics> metrics) {
    this.metrics = metrics;
  }

  /** Measures nothing. */
  public static Traffic unseen() {
    return new Traffic(Optional.empty());
  }

  public static Traffic measuredBy(Metrics metrics) {
    Traffic traffic = new Traffic(Optional.of(metrics));
    metrics.gauge("freshet_http_under_way", "Requests under way", traffic.underWay::get);
    for (ProblemKind kind : ProblemKind.values()) {
      traffic.problem(kind, 0);
    }
    return traffic;
  }

  /**
   * The same operation, watched.
   *
   * @param method one of ours, or {@code other}
   * @param route the path's pattern, or {@link #NO_ROUTE}
   */
  Handler over(String method, String route, Handler handler) {
    if (metrics.isEmpty()) {
      return handler;
    }
    Map<String, Timer> timers = new ConcurrentHashMap<>();
    return (request, response) -> {
      Timer.Sample sample = Timer.start();
      underWay.incrementAndGet();
      String status = GONE;
      try {
        handler.handle(request, response);
        status = status(response);
      } catch (Takeover takeover) {
        status = TAKEN_OVER;
        throw takeover;
      } finally {
        underWay.decrementAndGet();
        sample.stop(
            timers.computeIfAbsent(status, each -> timer(metrics.get(), method, route, each)));
      }
    };
  }

  private static String status(ServerResponse response) {
    return response.status().code() / 100 + "xx";
  }

  private static Timer timer(Metrics metrics, String method, String route, String status) {
    return metrics.timer(
        "freshet_http_request",
        "Until a request was answered",
        BUCKETS,
        "method",
        method,
        "route",
        route,
        "status",
        status);
  }

  /** A problem was answered. */
  void problem(ProblemKind kind) {
    problem(kind, 1);
  }

  private void problem(ProblemKind kind, int times) {
    metrics.ifPresent(all ->
        all.counter(
                "freshet_http_problems",
                "Problems answered",
                "kind",
                kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .increment(times));
  }
}
