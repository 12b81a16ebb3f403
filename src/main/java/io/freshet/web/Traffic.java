package io.freshet.web;

import io.freshet.platform.Metrics;
import io.freshet.platform.trace.Step;
import io.freshet.platform.trace.Traces;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What is measured of requests, and the traces that begin with them: how long each route takes by
 * method and class of status, how many are under way, and which problems are answered. An address
 * that no route has counts as the route {@code none}, so that callers cannot make up names.
 * Thread-safe.
 */
public final class Traffic {
  private static final List<Duration> BUCKETS =
      Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
          .map(Duration::ofMillis)
          .toList();

  /** The status of one whose connection became a live one, and of one whose caller has gone. */
  private static final String TAKEN_OVER = "1xx";

  private static final String GONE = "gone";

  /** Asked every few seconds by machines. */
  private static final Set<String> UNTRACED = Set.of("/health/live", "/health/ready", "/metrics");

  /** The route of what no route takes. */
  static final String NO_ROUTE = "none";

  private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

  private final Optional<Metrics> metrics;
  private final Traces traces;
  private final AtomicInteger underWay = new AtomicInteger();

  private Traffic(Optional<Metrics> metrics, Traces traces) {
    this.metrics = metrics;
    this.traces = traces;
  }

  /** Measures nothing. */
  public static Traffic unseen() {
    return new Traffic(Optional.empty(), Traces.none());
  }

  public static Traffic seenBy(Metrics metrics, Traces traces) {
    Traffic traffic = new Traffic(Optional.of(metrics), traces);
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
    return metrics.isEmpty() ? handler : timed(method, route, traced(method, route, handler));
  }

  /** Every request is the first step of a trace, or goes on with its caller's; probes are not. */
  private Handler traced(String method, String route, Handler handler) {
    if (!traces.isOn() || UNTRACED.contains(route)) {
      return handler;
    }
    String name = method + " " + route;
    return (request, response) -> {
      try (Step step = traces.receive(name, request.headers().first(TRACEPARENT))) {
        step.note("http.request.method", method).note("http.route", route);
        handler.handle(request, response);
        int status = response.status().code();
        step.note("http.response.status_code", status)
            .note("freshet.request_id", Envelope.requestId(response));
        if (status >= 500) {
          step.failed(Integer.toString(status));
        }
      }
    };
  }

  private Handler timed(String method, String route, Handler handler) {
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
