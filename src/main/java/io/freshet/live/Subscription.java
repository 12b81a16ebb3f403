package io.freshet.live;

import com.google.protobuf.ByteString;
import io.freshet.live.protocol.ClientInfo;
import java.time.Instant;
import java.util.Optional;

/** One connection's place among the subscribers of a channel. */
final class Subscription {
  final Connection connection;
  final Channel channel;
  final Namespace namespace;

  /** Whether the server began it, at connect or later. */
  final boolean isServerSide;

  /** Whether the client was let in because anybody may be whom the readers' rules allow. */
  final boolean isOpen;

  final boolean isPositioned;
  final boolean hearsJoins;

  /** Whether it is told what has changed rather than all. */
  final boolean wantsDeltas;

  final ByteString info;
  volatile Optional<Instant> expiry;

  /** The last publication this client has been told of, in positioned channels; by the channel. */
  long offset;

  /** What this client holds, if it wants deltas: the next one changes it. Empty for nothing. */
  ByteString base = ByteString.EMPTY;

  Subscription(Connection connection, Channel channel, Terms terms) {
    this.connection = connection;
    this.channel = channel;
    this.namespace = terms.namespace();
    this.isServerSide = terms.isServerSide();
    this.isOpen = terms.isOpen();
    this.isPositioned = terms.isPositioned();
    this.hearsJoins = terms.hearsJoins();
    this.wantsDeltas = terms.wantsDeltas();
    this.info = terms.info();
    this.expiry = terms.expiry();
  }

  /** On what terms a channel is subscribed to. */
  record Terms(
      Namespace namespace,
      boolean isServerSide,
      boolean isOpen,
      boolean isPositioned,
      boolean hearsJoins,
      boolean wantsDeltas,
      ByteString info,
      Optional<Instant> expiry) {}

  ClientInfo clientInfo() {
    return connection.info().toBuilder().setChanInfo(info).build();
  }
}
