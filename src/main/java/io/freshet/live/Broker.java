package io.freshet.live;

import io.freshet.live.protocol.Delivery;
import io.freshet.live.protocol.NodeMessage;
import java.util.Set;

/**
 * The way from node to node: a message goes to the nodes that have subscribers of a channel, to one
 * node, or to all. Messages may be lost, doubled or overtaken: whoever receives them looks at the
 * offsets. Thread-safe.
 */
public interface Broker extends AutoCloseable {
  /** Takes what other nodes, or this one, have sent, on threads of the broker or of the sender. */
  interface Receiver {
    Receiver NOBODY =
        new Receiver() {
          @Override
          public void receive(NodeMessage message) {}

          @Override
          public void resume() {}
        };

    void receive(NodeMessage message);

    /** Messages may have been lost until now: look at every stream. */
    void resume();
  }

  /** From now on this one receives; to be called once, before the first {@link #join}. */
  void listen(Receiver by);

  /** This node's name. */
  String node();

  /** From now on what is published on the channel comes here; returns when that is certain. */
  void join(String channel);

  /** Nobody here listens to the channel any more. */
  void leave(String channel);

  /**
   * Sends to each node that has subscribers of any of these channels, once, the places of those
   * channels; to all nodes when it cannot be known which have. Never throws: what is lost is found
   * by its missing offset.
   */
  void deliver(Delivery delivery);

  /** Sends to each node that has subscribers of this channel. */
  void tell(String channel, NodeMessage message);

  /** Sends to every node, this one too. */
  void broadcast(NodeMessage message);

  /** Sends to one node; false if there is no such node. */
  boolean send(String node, NodeMessage message);

  /** Channels with subscribers, on all nodes. */
  Set<String> channels();

  /** Whether what this node sends itself by the way of all messages comes back. */
  boolean isReady();

  @Override
  void close();
}
