package io.freshet.web;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * What every answer carries beside its body: the request's id (the caller's own when it is
 * harmless) and the security headers.
 */
final class Envelope {
  static final List<Header> SECURITY =
      List.of(
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"),
          HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"),
          HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin"),
          HeaderValues.createCached(
              "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
          // Browsers heed it only where it came over TLS.
          HeaderValues.createCached("Strict-Transport-Security", "max-age=31536000"),
          HeaderValues.createCached("Cache-Control", "no-store"));

  private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final AtomicLong next;

  /** Takes the first id to give out, which differs from start to start. */
  Envelope(long firstRequestId) {
    this.next = new AtomicLong(firstRequestId);
  }

  void address(ServerRequest request, ServerResponse response) {
    SECURITY.forEach(response.headers()::set);
    response.headers().set(REQUEST_ID, requestId(request));
  }

  static String requestId(ServerResponse response) {
    return response.headers().first(REQUEST_ID).orElse("none");
  }

  private String requestId(ServerRequest request) {
    if (request.headers().contains(REQUEST_ID)) {
      String given = request.headers().get(REQUEST_ID).get();
      if (HARMLESS.matcher(given).matches()) {
        return given;
      }
    }
    return Long.toString(next.getAndIncrement(), Character.MAX_RADIX);
  }
}
