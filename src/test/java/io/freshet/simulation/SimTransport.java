package io.freshet.simulation;

import io.freshet.live.Connection;
import io.freshet.live.Disconnect;
import io.freshet.live.Encoding;
import io.freshet.live.Live;
import io.freshet.live.Transport;
import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** One connection of a reader: what the server writes waits in the reader's inbox. */
final class SimTransport implements Transport {
  /** A reader who missed something, and one whose farewell takes too long. */
  private static final Set<Disconnect> EXPECTED =
      Set.of(Disconnect.INSUFFICIENT_STATE, Disconnect.DROPPED);

  private final Queue<Reply> inbox;
  private final Connection connection;
  private boolean isOpen = true;

  SimTransport(Live live, Queue<Reply> inbox) {
    this.inbox = inbox;
    this.connection = live.open(this);
  }

  void say(Command command) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    try {
      command.writeDelimitedTo(frame);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    connection.receive(frame.toByteArray());
  }

  boolean isOpen() {
    return isOpen;
  }

  /** The network fails, and the server sees it. */
  void cut() {
    if (isOpen) {
      isOpen = false;
      connection.gone();
    }
  }

  /** The process at the other end is no more. */
  void crash() {
    isOpen = false;
  }

  @Override
  public Encoding encoding() {
    return Encoding.PROTOBUF;
  }

  @Override
  public boolean isEmulated() {
    return false;
  }

  @Override
  public void write(List<byte[]> messages) throws IOException {
    for (byte[] message : messages) {
      Reply reply = Reply.parseDelimitedFrom(new ByteArrayInputStream(message));
      boolean isBlank = reply.getPush().hasPub() && reply.getPush().getPub().getData().isEmpty();
      if (isOpen && !isBlank) {
        inbox.add(reply);
      }
    }
  }

  @Override
  public void close(Disconnect disconnect) {
    if (isOpen && !EXPECTED.contains(disconnect)) {
      throw new AssertionError("a reader is sent away: " + disconnect);
    }
    cut();
  }
}
