package io.freshet.web;

import io.freshet.web.limits.Connections;
import java.time.Duration;

/**
 * Where the server listens and how long it waits.
 *
 * @param port 0 takes a free one
 * @param idle after this long a connection that sends nothing, or never finishes its request, is
 *     closed
 * @param grace how long a stopping server waits for running requests
 * @param connections who may have how many open
 */
public record HttpConfig(
    String host, int port, Duration idle, Duration grace, Connections connections) {

  /** As many connections as anybody likes. */
  public HttpConfig(String host, int port, Duration idle, Duration grace) {
    this(host, port, idle, grace, Connections.unlimited());
  }

  public static HttpConfig onPort(int port) {
    return new HttpConfig("0.0.0.0", port, Duration.ofSeconds(60), Duration.ofSeconds(10));
  }
}
