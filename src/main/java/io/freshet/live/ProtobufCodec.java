package io.freshet.live;

import com.google.protobuf.CodedOutputStream;
import io.freshet.live.Encoding.MalformedException;
import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Messages with a varint length before each. */
final class ProtobufCodec {
  private ProtobufCodec() {}

  static List<Command> commands(byte[] frame) throws MalformedException {
    List<Command> commands = new ArrayList<>(1);
    ByteArrayInputStream in = new ByteArrayInputStream(frame);
    try {
      while (in.available() > 0) {
        commands.add(Command.parseDelimitedFrom(in));
      }
    } catch (IOException e) {
      throw new MalformedException("not a Protobuf command", e);
    }
    return commands;
  }

  static byte[] encode(Reply reply) {
    int size = reply.getSerializedSize();
    byte[] bytes = new byte[CodedOutputStream.computeUInt32SizeNoTag(size) + size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeUInt32NoTag(size);
      reply.writeTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("an array is never too short for its own size", e);
    }
    return bytes;
  }
}
