package io.freshet.web.live;

import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The opening of a WebSocket (RFC 6455, section 4): a request to be answered with 101. Extensions
 * such as compression are not taken up: they cost memory for as long as the connection is open.
 *
 * @param accept proves that we have understood the request
 * @param offered subprotocols, as the client prefers them
 */
record Handshake(String accept, List<String> offered) {
  private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
  private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
  private static final HeaderName PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");
  private static final String OUR_VERSION = "13";
  private static final String RFC_6455 = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  /** The request's handshake; 426 or 400 if it is none. */
  static Handshake of(ServerRequest request) {
    ServerRequestHeaders headers = request.headers();
    if (!request.prologue().method().equals(Method.GET)
        || !names(headers, HeaderNames.UPGRADE).anyMatch("websocket"::equalsIgnoreCase)
        || !names(headers, HeaderNames.CONNECTION).anyMatch("upgrade"::equalsIgnoreCase)
        || !headers.first(VERSION).map(String::strip).equals(Optional.of(OUR_VERSION))) {
      throw Problem.of(ProblemKind.UPGRADE_REQUIRED, "Open a WebSocket of version " + OUR_VERSION)
          .withHeader(VERSION.defaultCase(), OUR_VERSION)
          .thrown();
    }
    String key = headers.first(KEY).map(String::strip).orElse("");
    requireKey(key);
    return new Handshake(accept(key), names(headers, PROTOCOL).toList());
  }

  /** The first of these subprotocols that the client offers. */
  Optional<String> choose(List<String> known) {
    return offered.stream().filter(known::contains).findFirst();
  }

  /** The answer, whole. */
  byte[] answer(Optional<String> subprotocol) {
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept
            + "\r\n"
            + subprotocol.map(name -> PROTOCOL.defaultCase() + ": " + name + "\r\n").orElse("")
            + "\r\n";
    return answer.getBytes(StandardCharsets.US_ASCII);
  }

  private static Stream<String> names(ServerRequestHeaders headers, HeaderName header) {
    return headers.contains(header)
        ? headers.get(header).allValues().stream()
            .flatMap(line -> Arrays.stream(line.split(",")))
            .map(String::strip)
        : Stream.empty();
  }

  private static void requireKey(String key) {
    try {
      if (Base64.getDecoder().decode(key).length == KEY_BYTES) {
        return;
      }
    } catch (IllegalArgumentException notBase64) {
      // refused below
    }
    throw Problem.invalid(KEY.defaultCase(), "must be 16 bytes in Base64").thrown();
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + RFC_6455).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
