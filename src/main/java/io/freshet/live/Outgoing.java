package io.freshet.live;

import io.freshet.live.protocol.Push;
import io.freshet.live.protocol.Reply;
import java.util.EnumMap;
import java.util.Map;

/**
 * One message for many connections, encoded once for each encoding that is asked for. For one
 * thread at a time.
 */
final class Outgoing {
  private final Reply reply;
  private final Map<Encoding, byte[]> encoded = new EnumMap<>(Encoding.class);

  private Outgoing(Reply reply) {
    this.reply = reply;
  }

  static Outgoing push(Push.Builder push) {
    return new Outgoing(Reply.newBuilder().setPush(push).build());
  }

  byte[] in(Encoding encoding) {
    return encoded.computeIfAbsent(encoding, each -> each.encode(reply));
  }
}
