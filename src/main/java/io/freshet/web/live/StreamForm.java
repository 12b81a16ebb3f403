package io.freshet.web.live;

import io.freshet.live.Encoding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** How messages look in an HTTP answer that never ends. */
enum StreamForm {
  /** Server-sent events; the empty line makes browsers call the stream open. */
  EVENTS(Encoding.JSON, "text/event-stream", "\r\n", "data: ", "\n\n"),
  /** A message a line. */
  LINES(Encoding.JSON, "application/json", "", "", "\n"),
  /** Messages that know their own length. */
  BINARY(Encoding.PROTOBUF, "application/octet-stream", "", "", "");

  private static final byte[] END = bytes("0\r\n\r\n");
  private static final byte[] LINE_END = bytes("\r\n");

  private final Encoding encoding;
  private final String contentType;
  private final String greeting;
  private final String before;
  private final String after;

  StreamForm(Encoding encoding, String contentType, String greeting, String before, String after) {
    this.encoding = encoding;
    this.contentType = contentType;
    this.greeting = greeting;
    this.before = before;
    this.after = after;
  }

  Encoding encoding() {
    return encoding;
  }

  String contentType() {
    return contentType;
  }

  /** What the body begins with. */
  byte[] greeting() {
    return greeting.isEmpty() ? bytes("") : chunk(bytes(greeting));
  }

  /** These messages as one chunk of the body. */
  byte[] chunk(List<byte[]> messages) {
    ByteArrayOutputStream data = new ByteArrayOutputStream(256);
    for (byte[] message : messages) {
      data.writeBytes(bytes(before));
      data.writeBytes(message);
      data.writeBytes(bytes(after));
    }
    return chunk(data.toByteArray());
  }

  /** The last message and the body's end. */
  byte[] last(byte[] message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    bytes.writeBytes(chunk(List.of(message)));
    bytes.writeBytes(END);
    return bytes.toByteArray();
  }

  private static byte[] chunk(byte[] data) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(data.length + 12);
    chunk.writeBytes(bytes(HexFormat.of().toHexDigits(data.length)));
    chunk.writeBytes(LINE_END);
    chunk.writeBytes(data);
    chunk.writeBytes(LINE_END);
    return chunk.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
