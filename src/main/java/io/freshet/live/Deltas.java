package io.freshet.live;

import com.google.protobuf.ByteString;
import io.freshet.live.protocol.Publication;
import io.freshet.live.protocol.Push;
import io.freshet.live.protocol.SubscribeResult;
import io.freshet.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One publication for subscribers that asked for changes only: each is told what has changed since
 * the one it was told last, or all where that is shorter. In JSON both are strings. Made once for
 * all who hold the same. For one thread at a time.
 */
final class Deltas {
  private final String channel;
  private final Publication publication;
  private final Map<Encoding, Made> made = new HashMap<>(0);

  /**
   * @param base what the subscriber holds; empty for nothing
   */
  private record Made(ByteString base, Outgoing message) {}

  Deltas(String channel, Publication publication) {
    this.channel = channel;
    this.publication = publication;
  }

  void tell(Subscription subscriber) {
    Encoding encoding = subscriber.connection.encoding();
    Made message = made.get(encoding);
    if (message == null || !message.base().equals(subscriber.base)) {
      message = new Made(subscriber.base, make(encoding, subscriber));
      made.put(encoding, message);
    }
    subscriber.connection.send(message.message());
    subscriber.base = held(encoding, publication);
  }

  private Outgoing make(Encoding encoding, Subscription subscriber) {
    ByteString all = held(encoding, publication);
    Publication.Builder told = publication.toBuilder().setData(written(encoding, all));
    if (!subscriber.base.isEmpty() && subscriber.namespace.has(Option.DELTA_PUBLISH)) {
      byte[] delta = Fossil.delta(subscriber.base.toByteArray(), all.toByteArray());
      if (delta.length < all.size()) {
        told.setDelta(true).setData(written(encoding, ByteString.copyFrom(delta)));
      }
    }
    return Outgoing.push(Push.newBuilder().setChannel(channel).setPub(told));
  }

  /** The publications that a client recovers, as it wants them: the last is what it then holds. */
  static void recover(Subscription subscriber, SubscribeResult.Builder result) {
    Encoding encoding = subscriber.connection.encoding();
    result.setDelta(true);
    for (Publication.Builder missed : result.getPublicationsBuilderList()) {
      subscriber.base = held(encoding, missed.build());
      missed.setData(written(encoding, subscriber.base));
    }
  }

  /** What a client has in hand when it has read the publication. */
  private static ByteString held(Encoding encoding, Publication publication) {
    ByteString data = publication.getData();
    return encoding == Encoding.PROTOBUF || JsonCodec.isJson(data.toByteArray())
        ? data
        : quoted(data);
  }

  private static ByteString written(Encoding encoding, ByteString data) {
    return encoding == Encoding.PROTOBUF ? data : quoted(data);
  }

  private static ByteString quoted(ByteString data) {
    return ByteString.copyFrom(Json.bytes(data.toString(StandardCharsets.UTF_8)));
  }
}
