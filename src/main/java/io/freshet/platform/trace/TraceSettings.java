package io.freshet.platform.trace;

import io.freshet.platform.OperatorException;
import java.net.URI;
import java.util.Optional;

/**
 * The settings of traces.
 *
 * @param endpoint of a collector that takes OTLP over HTTP, without {@code /v1/traces}; empty:
 *     nothing is traced
 * @param authorization the header of that name for the collector, if it wants one
 * @param sample the share of requests that is traced
 * @param trustsCallers whether a caller's {@code traceparent} is gone on with, and its word on
 *     being traced taken
 */
public record TraceSettings(
    Optional<String> endpoint,
    Optional<String> authorization,
    double sample,
    boolean trustsCallers) {
  public static final TraceSettings OFF =
      new TraceSettings(Optional.empty(), Optional.empty(), 1, false);

  public TraceSettings {
    if (endpoint.isPresent() && !isHttp(endpoint.get())) {
      throw new OperatorException(
          "tracing.endpoint must be the address of an OTLP/HTTP collector, for example"
              + " http://localhost:4318, not \""
              + endpoint.get()
              + "\".");
    }
  }

  private static boolean isHttp(String address) {
    try {
      URI uri = URI.create(address);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
