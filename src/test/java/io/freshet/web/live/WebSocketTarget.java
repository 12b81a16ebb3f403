package io.freshet.web.live;

import io.freshet.testkit.FuzzTarget;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** WebSocket frames: each is taken or is a violation, and none is larger than it may be. */
final class WebSocketTarget implements FuzzTarget {
  private final Farewells farewells = new Farewells(InstantSource.system());

  @Override
  public void take(byte[] input) {
    FrameReader reader = new FrameReader(wire(input));
    try {
      while (true) {
        if (reader.next() instanceof Heard.Message message
            && message.data().length > FrameReader.MAX_MESSAGE_BYTES) {
          throw new IllegalStateException("a message of " + message.data().length);
        }
      }
    } catch (IOException | Violation end) {
      return;
    }
  }

  private Wire wire(byte[] input) {
    Queue<byte[]> coming = new ArrayDeque<>(List.of(input));
    DataReader reader = new DataReader(coming::poll);
    ConnectionContext context =
        (ConnectionContext)
            Proxy.newProxyInstance(
                ConnectionContext.class.getClassLoader(),
                new Class<?>[] {ConnectionContext.class},
                (proxy, method, arguments) ->
                    method.getName().equals("dataReader") ? reader : null);
    return new Wire(context, farewells);
  }

  @Override
  public List<byte[]> seeds() {
    byte[] text = frame(0x81, "{\"id\":1,\"ping\":{}}");
    byte[] first = frame(0x01, "{\"id\":1");
    byte[] last = frame(0x80, "}");
    return List.of(
        text,
        joined(first, joined(frame(0x89, "ping"), last)),
        frame(0x82, "\u0001\u0002"),
        frame(0x88, "\u0003\u00e8bye"),
        new byte[] {(byte) 0x81, (byte) 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3, 4},
        new byte[0]);
  }

  private static byte[] frame(int first, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
    byte[] mask = {1, 2, 3, 4};
    byte[] frame = new byte[6 + bytes.length];
    frame[0] = (byte) first;
    frame[1] = (byte) (0x80 | bytes.length);
    System.arraycopy(mask, 0, frame, 2, 4);
    for (int i = 0; i < bytes.length; i++) {
      frame[6 + i] = (byte) (bytes[i] ^ mask[i & 3]);
    }
    return frame;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
