package io.freshet.live;

import com.google.protobuf.InvalidProtocolBufferException;
import io.freshet.live.protocol.NodeMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what was sent, but for canaries, which come back unless it is dead. */
final class FakeWire implements Wire {
  record Sent(String to, NodeMessage message) {}

  static final String ALL = "*";

  final List<Sent> sent = new CopyOnWriteArrayList<>();
  final AtomicInteger renewals = new AtomicInteger();
  volatile boolean isDead;
  private volatile Optional<Listener> listener = Optional.empty();

  @Override
  public void open(String node, Listener by) {
    listener = Optional.of(by);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void send(String node, byte[] message) {
    take(node, message);
  }

  @Override
  public void broadcast(byte[] message) {
    take(ALL, message);
  }

  private void take(String to, byte[] bytes) {
    NodeMessage message = read(bytes);
    if (!message.hasCanary()) {
      sent.add(new Sent(to, message));
    } else if (!isDead) {
      hears(bytes);
    }
  }

  void hears(byte[] bytes) {
    listener.orElseThrow().heard(bytes);
  }

  private static NodeMessage read(byte[] bytes) {
    try {
      return NodeMessage.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void renew() {
    renewals.incrementAndGet();
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public void close() {}
}
