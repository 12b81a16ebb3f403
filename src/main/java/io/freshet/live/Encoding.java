package io.freshet.live;

import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.Reply;
import java.util.List;

/**
 * How a connection's messages look on the wire; the messages themselves are the same. A frame holds
 * one message or more: JSON ones are parted by a newline, Protobuf ones carry their length before
 * them.
 */
public enum Encoding {
  JSON {
    @Override
    public List<Command> commands(byte[] frame) throws MalformedException {
      return JsonCodec.commands(frame);
    }

    @Override
    public byte[] encode(Reply reply) {
      return JsonCodec.encode(reply);
    }
  },

  PROTOBUF {
    @Override
    public List<Command> commands(byte[] frame) throws MalformedException {
      return ProtobufCodec.commands(frame);
    }

    @Override
    public byte[] encode(Reply reply) {
      return ProtobufCodec.encode(reply);
    }
  };

  /** The commands of a frame, in order. */
  public abstract List<Command> commands(byte[] frame) throws MalformedException;

  /**
   * One message as it stands in a frame: JSON without the newline that parts it from the next, or
   * Protobuf with its length before it. The empty reply is the ping.
   */
  public abstract byte[] encode(Reply reply);

  /** A frame that holds no messages of this encoding. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
