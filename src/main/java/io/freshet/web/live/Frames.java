package io.freshet.web.live;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** WebSocket frames as a server writes them (RFC 6455): whole, unmasked. */
final class Frames {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** Of a ping, a pong or a close. */
  static final int MAX_CONTROL_BYTES = 125;

  private static final int LAST = 0x80;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final byte[] NEWLINE = {'\n'};
  private static final byte[] NOTHING = {};

  private Frames() {}

  static byte[] ping() {
    return of(PING, NOTHING);
  }

  static byte[] of(int opcode, byte[] payload) {
    return of(opcode, List.of(payload), NOTHING);
  }

  /** Text messages, parted by newlines. */
  static byte[] lines(List<byte[]> messages) {
    return of(TEXT, messages, NEWLINE);
  }

  /** Binary messages that know their own length. */
  static byte[] joined(List<byte[]> messages) {
    return of(BINARY, messages, NOTHING);
  }

  /** A close frame; a reason that is too long is cut. */
  static byte[] close(int code, String reason) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(code >> 8);
    payload.write(code);
    reason
        .codePoints()
        .mapToObj(point -> Character.toString(point).getBytes(StandardCharsets.UTF_8))
        .takeWhile(bytes -> payload.size() + bytes.length <= MAX_CONTROL_BYTES)
        .forEach(payload::writeBytes);
    return of(CLOSE, payload.toByteArray());
  }

  private static byte[] of(int opcode, List<byte[]> parts, byte[] between) {
    int length = Math.max(0, parts.size() - 1) * between.length;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer frame = ByteBuffer.allocate(headerLength(length) + length);
    frame.put((byte) (LAST | opcode));
    putLength(frame, length);
    for (int i = 0; i < parts.size(); i++) {
      frame.put(i == 0 ? NOTHING : between).put(parts.get(i));
    }
    return frame.array();
  }

  private static int headerLength(int length) {
    if (length < LENGTH_IN_2_BYTES) {
      return 2;
    }
    return length <= 0xFFFF ? 4 : 10;
  }

  private static void putLength(ByteBuffer frame, int length) {
    if (length < LENGTH_IN_2_BYTES) {
      frame.put((byte) length);
    } else if (length <= 0xFFFF) {
      frame.put((byte) LENGTH_IN_2_BYTES).putShort((short) length);
    } else {
      frame.put((byte) LENGTH_IN_8_BYTES).putLong(length);
    }
  }
}
