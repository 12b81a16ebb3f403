package io.freshet.live;

import io.freshet.live.protocol.Delivery;
import io.freshet.live.protocol.NodeMessage;
import io.freshet.live.protocol.Place;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Of a process that works alone: every message is received before its sender goes on. */
public final class LocalBroker implements Broker {
  private final String node;
  private final Set<String> channels = ConcurrentHashMap.newKeySet();
  private volatile Receiver receiver = Receiver.NOBODY;

  public LocalBroker(String node) {
    this.node = node;
  }

  @Override
  public void listen(Receiver by) {
    receiver = by;
  }

  @Override
  public String node() {
    return node;
  }

  @Override
  public void join(String channel) {
    channels.add(channel);
  }

  @Override
  public void leave(String channel) {
    channels.remove(channel);
  }

  @Override
  public void deliver(Delivery delivery) {
    List<Place> wanted =
        delivery.getPlacesList().stream()
            .filter(place -> channels.contains(place.getChannel()))
            .toList();
    if (!wanted.isEmpty()) {
      Delivery mine = delivery.toBuilder().clearPlaces().addAllPlaces(wanted).build();
      receive(NodeMessage.newBuilder().setDelivery(mine).build());
    }
  }

  @Override
  public void tell(String channel, NodeMessage message) {
    if (channels.contains(channel)) {
      receive(message);
    }
  }

  @Override
  public void broadcast(NodeMessage message) {
    receive(message);
  }

  @Override
  public boolean send(String to, NodeMessage message) {
    if (!to.equals(node)) {
      return false;
    }
    receive(message);
    return true;
  }

  @Override
  public Set<String> channels() {
    return Set.copyOf(channels);
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void close() {}

  private void receive(NodeMessage message) {
    receiver.receive(message.toBuilder().setNode(node).build());
  }
}
