package io.freshet.live;

/**
 * Carries messages from node to node, each at most once; what cannot be carried is dropped and
 * counted. It connects by itself, again and again. Thread-safe.
 */
public interface Wire extends AutoCloseable {
  /** The most bytes that wait for a thread here: more than a busy second's, little of the heap. */
  int BACKLOG_BYTES = 64 << 20;

  /** Called on threads of the wire, which may wait there. */
  interface Listener {
    void heard(byte[] message);

    /** From now on messages to this node are heard; whatever was sent before may be lost. */
    void opened();
  }

  /** Begins to connect, as this node; to be called once. */
  void open(String node, Listener listener);

  /** Whether messages are taken now. */
  boolean isOpen();

  /** To one node. Never waits. */
  void send(String node, byte[] message);

  /** To all nodes, this one too. Never waits. */
  void broadcast(byte[] message);

  /** Connects anew: nothing comes by the present connection, though it seems to stand. */
  void renew();

  /** How many messages were dropped here. */
  long dropped();

  @Override
  void close();
}
