package io.freshet.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One HTTP request, byte for byte as it goes out: nothing in it is checked or mended. Values are
 * immutable.
 *
 * @param body empty for none
 */
record Call(String method, String path, List<String> headers, byte[] body) {
  private static final int SHOWN_BYTES = 2_000;

  static Call of(String method, String path) {
    return new Call(method, path, List.of(), new byte[0]);
  }

  /** The header line is one of its own, whatever else has that name. */
  Call plus(String header, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(header + ": " + value);
    return new Call(method, path, more, body);
  }

  Call without(String header) {
    List<String> fewer =
        headers.stream()
            .filter(line -> !line.regionMatches(true, 0, header + ":", 0, header.length() + 1))
            .toList();
    return new Call(method, path, fewer, body);
  }

  Call with(String header, String value) {
    return without(header).plus(header, value);
  }

  Call as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  Call json(byte[] json) {
    return new Call(method, path, headers, json).with("Content-Type", "application/json");
  }

  Call bytes(byte[] other) {
    return new Call(method, path, headers, other);
  }

  Call to(String otherPath) {
    return new Call(method, otherPath, headers, body);
  }

  /** Adds to the query. */
  Call query(String name, String value) {
    return to(path + (path.contains("?") ? "&" : "?") + name + "=" + value);
  }

  byte[] wire(int port) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:");
    head.append(port).append("\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = java.util.Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    return whole;
  }

  /** The same request for a shell. */
  String curl(int port) {
    StringBuilder line = new StringBuilder("curl -i --path-as-is -X " + method);
    headers.forEach(
        header -> line.append(" -H ").append(quoted(header.getBytes(StandardCharsets.ISO_8859_1))));
    if (body.length > 0) {
      line.append(" --data-binary ").append(quoted(body));
    }
    return line
        + " "
        + quoted(("http://127.0.0.1:" + port + path).getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(byte[] bytes) {
    StringBuilder text = new StringBuilder("$'");
    for (int i = 0; i < Math.min(bytes.length, SHOWN_BYTES); i++) {
      int b = bytes[i] & 0xFF;
      if (b == '\'' || b == '\\') {
        text.append('\\').append((char) b);
      } else if (b >= 0x20 && b < 0x7F) {
        text.append((char) b);
      } else {
        text.append(String.format("\\x%02x", b));
      }
    }
    text.append('\'');
    return bytes.length > SHOWN_BYTES
        ? text + " # cut: " + bytes.length + " bytes"
        : text.toString();
  }
}
