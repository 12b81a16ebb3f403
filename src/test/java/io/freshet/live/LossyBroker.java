package io.freshet.live;

import io.freshet.live.protocol.Delivery;
import io.freshet.live.protocol.NodeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Brings messages at once, or holds deliveries back so that a test may lose or turn them. */
final class LossyBroker implements Broker {
  final List<Delivery> held = new ArrayList<>();
  boolean isHolding;
  private final LocalBroker broker;

  LossyBroker(String node) {
    this.broker = new LocalBroker(node);
  }

  @Override
  public void deliver(Delivery delivery) {
    if (isHolding) {
      held.add(delivery);
    } else {
      broker.deliver(delivery);
    }
  }

  void bring(Delivery delivery) {
    broker.deliver(delivery);
  }

  @Override
  public void listen(Receiver by) {
    broker.listen(by);
  }

  @Override
  public String node() {
    return broker.node();
  }

  @Override
  public void join(String channel) {
    broker.join(channel);
  }

  @Override
  public void leave(String channel) {
    broker.leave(channel);
  }

  @Override
  public void tell(String channel, NodeMessage message) {
    broker.tell(channel, message);
  }

  @Override
  public void broadcast(NodeMessage message) {
    broker.broadcast(message);
  }

  @Override
  public boolean send(String node, NodeMessage message) {
    return broker.send(node, message);
  }

  @Override
  public Set<String> channels() {
    return broker.channels();
  }

  @Override
  public boolean isReady() {
    return broker.isReady();
  }

  @Override
  public void close() {
    broker.close();
  }
}
