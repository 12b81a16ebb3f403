package io.freshet.live;

import com.google.protobuf.ByteString;
import io.freshet.live.Encoding.MalformedException;
import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.ConnectRequest;
import io.freshet.live.protocol.SubscribeRequest;
import io.freshet.testkit.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames of commands, as JSON or as Protobuf by the first byte: read or refused, and what was read
 * as Protobuf comes through JSON unharmed.
 */
final class FrameTarget implements FuzzTarget {
  @Override
  public void take(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] frame = Arrays.copyOfRange(input, 1, input.length);
    Encoding encoding = input[0] % 2 == 0 ? Encoding.JSON : Encoding.PROTOBUF;
    try {
      for (Command command : encoding.commands(frame)) {
        Encoding.JSON.commands(JsonCodec.write(command));
      }
    } catch (MalformedException refused) {
      if (encoding == Encoding.JSON) {
        return;
      }
    }
  }

  @Override
  public List<byte[]> seeds() {
    Command connect =
        Command.newBuilder()
            .setId(1)
            .setConnect(
                ConnectRequest.newBuilder()
                    .setToken("a.b.c")
                    .setData(ByteString.copyFromUtf8("{\"a\":[1]}")))
            .build();
    Command subscribe =
        Command.newBuilder()
            .setId(2)
            .setSubscribe(
                SubscribeRequest.newBuilder().setChannel("post:7").setRecover(true).setOffset(9))
            .build();
    List<byte[]> seeds = new ArrayList<>();
    for (Command command : List.of(connect, subscribe)) {
      seeds.add(frame(0, JsonCodec.write(command)));
      seeds.add(frame(1, delimited(command)));
    }
    seeds.add(
        frame(
            0,
            "{\"id\":1,\"ping\":{}}\n{\"id\":4294967295}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return seeds;
  }

  private static byte[] delimited(Command command) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      command.writeDelimitedTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] frame(int kind, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(kind);
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }
}
