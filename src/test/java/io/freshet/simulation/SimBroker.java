package io.freshet.simulation;

import io.freshet.live.Broker;
import io.freshet.live.LocalBroker;
import io.freshet.live.protocol.Delivery;
import io.freshet.live.protocol.NodeMessage;
import io.freshet.live.protocol.Reconsider;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The way to the node's connections: it loses messages, doubles them and turns their order. */
final class SimBroker implements Broker {
  private static final double LOST = 0.1;
  private static final double DOUBLED = 0.05;

  private final LocalBroker broker = new LocalBroker("node");
  private final List<Runnable> underWay = new ArrayList<>();
  private final Random random;
  private final boolean isLossy;

  SimBroker(Random random, boolean isLossy) {
    this.random = random;
    this.isLossy = isLossy;
  }

  @Override
  public void deliver(Delivery delivery) {
    send(() -> broker.deliver(delivery));
  }

  /** One message for each user: the order of connections within one is nobody's promise. */
  @Override
  public void broadcast(NodeMessage message) {
    Reconsider reconsider = message.getReconsider();
    for (String user : reconsider.getUsersList()) {
      Reconsider one = reconsider.toBuilder().clearUsers().addUsers(user).build();
      send(() -> broker.broadcast(message.toBuilder().setReconsider(one).build()));
    }
  }

  private void send(Runnable message) {
    double fate = isLossy ? random.nextDouble() : 1;
    if (fate >= LOST) {
      underWay.add(message);
    }
    if (fate < LOST + DOUBLED && fate >= LOST) {
      underWay.add(message);
    }
  }

  boolean isIdle() {
    return underWay.isEmpty();
  }

  /** Any of the messages under way, to be brought by running it. */
  Runnable next() {
    return underWay.remove(random.nextInt(underWay.size()));
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
