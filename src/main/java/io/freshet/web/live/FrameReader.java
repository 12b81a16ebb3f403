package io.freshet.web.live;

import static io.freshet.web.live.Frames.BINARY;
import static io.freshet.web.live.Frames.CLOSE;
import static io.freshet.web.live.Frames.CONTINUATION;
import static io.freshet.web.live.Frames.PING;
import static io.freshet.web.live.Frames.PONG;
import static io.freshet.web.live.Frames.TEXT;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads what a client says over a WebSocket (RFC 6455), strictly; holds no memory between messages.
 * For one thread.
 */
final class FrameReader {
  /** Of one message. Commands are small; 64 KB is what clients of the protocol expect. */
  static final int MAX_MESSAGE_BYTES = 64 * 1024;

  private static final int LAST = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int LENGTH_IN_2_BYTES = 126;

  private final Wire wire;

  /** Of the message whose fragments are coming: its opcode, or {@code CONTINUATION} for none. */
  private int begun = CONTINUATION;

  private ByteArrayOutputStream fragments = new ByteArrayOutputStream(0);

  FrameReader(Wire wire) {
    this.wire = wire;
  }

  /** Waits for the next thing said; throws {@link IOException} when the client has left. */
  Heard next() throws IOException, Violation {
    while (true) {
      int first = wire.read();
      int opcode = first & OPCODE;
      boolean last = (first & LAST) != 0;
      if ((first & RESERVED) != 0) {
        throw Violation.protocol("reserved bits are set");
      }
      switch (opcode) {
        case TEXT, BINARY, CONTINUATION -> {
          Optional<Heard> message = data(opcode, last);
          if (message.isPresent()) {
            return message.get();
          }
        }
        case PING -> {
          return new Heard.Ping(control(last));
        }
        case PONG -> {
          control(last);
          return new Heard.Pong();
        }
        case CLOSE -> {
          return bye(control(last));
        }
        default -> throw Violation.protocol("unknown opcode");
      }
    }
  }

  /** Empty while more fragments are to come. */
  private Optional<Heard> data(int opcode, boolean last) throws IOException, Violation {
    if ((opcode == CONTINUATION) == (begun == CONTINUATION)) {
      throw Violation.protocol(
          opcode == CONTINUATION ? "nothing to continue" : "the message before is not at its end");
    }
    byte[] payload = payload(MAX_MESSAGE_BYTES - fragments.size());
    if (opcode != CONTINUATION && last) {
      return Optional.of(message(opcode, payload));
    }
    if (opcode != CONTINUATION) {
      begun = opcode;
    }
    fragments.writeBytes(payload);
    return last ? Optional.of(joined()) : Optional.empty();
  }

  private Heard joined() throws Violation {
    byte[] whole = fragments.toByteArray();
    int opcode = begun;
    begun = CONTINUATION;
    fragments = new ByteArrayOutputStream(0);
    return message(opcode, whole);
  }

  private static Heard message(int opcode, byte[] data) throws Violation {
    if (opcode == TEXT) {
      requireUtf8(data, 0);
    }
    return new Heard.Message(data);
  }

  private byte[] control(boolean last) throws IOException, Violation {
    if (!last) {
      throw Violation.protocol("a control frame is in fragments");
    }
    return payload(Frames.MAX_CONTROL_BYTES);
  }

  private static Heard bye(byte[] payload) throws Violation {
    if (payload.length == 1) {
      throw Violation.protocol("half a close code");
    }
    if (payload.length >= 2) {
      int code = ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
      boolean known = (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006));
      if (!known && (code < 3000 || code > 4999)) {
        throw Violation.protocol("no such close code");
      }
      requireUtf8(payload, 2);
    }
    return new Heard.Bye(payload);
  }

  private byte[] payload(int most) throws IOException, Violation {
    int second = wire.read();
    if ((second & MASKED) == 0) {
      throw Violation.protocol("a client's frames are masked");
    }
    long length = length(second & LENGTH);
    if (length < 0 || length > most) {
      throw most == Frames.MAX_CONTROL_BYTES
          ? Violation.protocol("a control frame is too long")
          : new Violation(Violation.TOO_BIG, "a message has at most 64 KB");
    }
    byte[] mask = wire.read(4);
    byte[] payload = wire.read((int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return payload;
  }

  private long length(int announced) throws IOException {
    if (announced < LENGTH_IN_2_BYTES) {
      return announced;
    }
    long length = 0;
    for (byte part : wire.read(announced == LENGTH_IN_2_BYTES ? 2 : 8)) {
      length = (length << 8) | (part & 0xFF);
    }
    return length;
  }

  private static void requireUtf8(byte[] bytes, int from) throws Violation {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        decode(bytes, from);
        return;
      }
    }
  }

  private static void decode(byte[] bytes, int from) throws Violation {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
    } catch (CharacterCodingException e) {
      throw new Violation(Violation.NOT_UTF_8, "text is UTF-8");
    }
  }
}
