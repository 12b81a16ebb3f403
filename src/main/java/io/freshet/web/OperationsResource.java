package io.freshet.web;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** For those who run the server: is it alive, can it work, what does it measure. */
public final class OperationsResource implements Resource {
  private static final Header PROMETHEUS =
      HeaderValues.createCached("Content-Type", "text/plain; version=0.0.4; charset=utf-8");

  private final BooleanSupplier ready;
  private final Supplier<String> metrics;

  /**
   * @param ready whether requests can be answered now; may wait for the database
   * @param metrics all measurements in Prometheus' text format
   */
  public OperationsResource(BooleanSupplier ready, Supplier<String> metrics) {
    this.ready = ready;
    this.metrics = metrics;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/health/live", (request, response) -> up(response)),
        Route.get("/health/ready", this::ready),
        Route.get("/metrics", this::metrics));
  }

  private void ready(ServerRequest request, ServerResponse response) {
    if (!ready.getAsBoolean()) {
      throw Problems.unavailable().thrown();
    }
    up(response);
  }

  private static void up(ServerResponse response) {
    Replies.json(response, Status.OK_200, Map.of("status", "up"));
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    response.headers().set(PROMETHEUS);
    response.send(metrics.get().getBytes(StandardCharsets.UTF_8));
  }
}
