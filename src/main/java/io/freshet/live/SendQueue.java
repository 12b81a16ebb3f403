package io.freshet.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Messages on their way to one client, bounded in bytes. A thread writes them only while there are
 * any, so an idle connection has none. Thread-safe.
 */
final class SendQueue {
  private final Transport transport;
  private final Executor writers;
  private final int maxBytes;

  private List<byte[]> waiting = new ArrayList<>(0);
  private long waitingBytes;
  private boolean isWriting;
  private boolean isEnded;
  private Optional<Disconnect> last = Optional.empty();

  SendQueue(Transport transport, Executor writers, int maxBytes) {
    this.transport = transport;
    this.writers = writers;
    this.maxBytes = maxBytes;
  }

  /** False if the client is too slow for one message more; it is to be cut off then. */
  synchronized boolean add(byte[] message) {
    if (isEnded) {
      return true;
    }
    waiting.add(message);
    waitingBytes += message.length;
    if (waitingBytes > maxBytes && isWriting) {
      return false;
    }
    write();
    return true;
  }

  /** Says goodbye after all that waits; nothing is added any more. */
  synchronized void end(Disconnect disconnect) {
    if (!isEnded) {
      isEnded = true;
      last = Optional.of(disconnect);
      write();
    }
  }

  /** Drops what waits. */
  synchronized void stop() {
    isEnded = true;
    waiting = new ArrayList<>(0);
  }

  private void write() {
    if (!isWriting) {
      isWriting = true;
      writers.execute(this::writeAll);
    }
  }

  private void writeAll() {
    List<byte[]> batch = next();
    while (!batch.isEmpty()) {
      try {
        transport.write(batch);
      } catch (IOException | RuntimeException e) {
        stop();
        transport.close(Disconnect.DROPPED);
        return;
      }
      batch = next();
    }
  }

  /** What is to be written now; none ends the writing, and with it the connection if asked to. */
  private List<byte[]> next() {
    Optional<Disconnect> goodbye;
    synchronized (this) {
      if (!waiting.isEmpty()) {
        List<byte[]> batch = waiting;
        waiting = new ArrayList<>(0);
        waitingBytes = 0;
        return batch;
      }
      isWriting = false;
      goodbye = last;
      last = Optional.empty();
    }
    goodbye.ifPresent(transport::close);
    return List.of();
  }
}
