package io.freshet.platform.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects a reply of RESP2 as it comes: a number, bytes, a text (status), a list of such, or
 * nothing. {@link Reply} reads it.
 */
final class ReplyOutput extends CommandOutput<byte[], byte[], @Nullable Object> {
  private record Frame(List<@Nullable Object> list, int length) {}

  /** The lists begun and not full. */
  private final Deque<Frame> open = new ArrayDeque<>(2);

  ReplyOutput() {
    super(ByteArrayCodec.INSTANCE, null);
  }

  @Override
  public void set(long number) {
    add(number);
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    add(bytes == null ? null : read(bytes));
  }

  @Override
  public void setSingle(ByteBuffer text) {
    add(new String(read(text), StandardCharsets.UTF_8));
  }

  @Override
  public void multi(int length) {
    if (length < 0) {
      add(null);
      return;
    }
    List<@Nullable Object> list = new ArrayList<>(length);
    add(list);
    if (length > 0) {
      open.push(new Frame(list, length));
    }
  }

  private void add(@Nullable Object value) {
    Frame frame = open.peek();
    if (frame == null) {
      output = value;
      return;
    }
    frame.list().add(value);
    if (frame.list().size() == frame.length()) {
      open.pop();
    }
  }

  private static byte[] read(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return bytes;
  }
}
