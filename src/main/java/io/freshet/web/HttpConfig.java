package io.freshet.web;

import java.time.Duration;

/**
 * Where the server listens and how long it waits.
 *
 * @param port 0 takes a free one
 * @param idle after this long a connection that sends nothing, or never finishes its request, is
 *     closed
 * @param grace how long a stopping server waits for running requests
 */
public record HttpConfig(String host, int port, Duration idle, Duration grace) {

  public static HttpConfig onPort(int port) {
    return new HttpConfig("0.0.0.0", port, Duration.ofSeconds(60), Duration.ofSeconds(10));
  }
}
