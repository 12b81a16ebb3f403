package io.freshet.live;

import io.freshet.live.Encoding.MalformedException;
import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.ConnectRequest;
import io.freshet.live.protocol.Publication;
import io.freshet.live.protocol.Push;
import io.freshet.live.protocol.Reply;
import io.freshet.live.protocol.SubscribeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A client without a wire: it says commands and remembers what it is told. */
final class FakeClient implements Transport {
  private final List<Reply> told = new ArrayList<>();
  private final Connection connection;
  private Optional<Disconnect> end = Optional.empty();
  private boolean isOpen;
  private int lastId;

  FakeClient(Live live) {
    this.connection = live.open(this);
    this.isOpen = true;
  }

  static FakeClient connected(Live live, String token) {
    FakeClient client = new FakeClient(live);
    client.connect(request -> request.setToken(token));
    return client;
  }

  static FakeClient anonymous(Live live) {
    return connected(live, "");
  }

  Connection connection() {
    return connection;
  }

  Reply connect(UnaryOperator<ConnectRequest.Builder> request) {
    return ask(command -> command.setConnect(request.apply(ConnectRequest.newBuilder())));
  }

  Reply subscribe(String channel) {
    return subscribe(channel, request -> request);
  }

  Reply subscribe(String channel, UnaryOperator<SubscribeRequest.Builder> request) {
    return ask(command ->
        command.setSubscribe(request.apply(SubscribeRequest.newBuilder().setChannel(channel))));
  }

  /** The reply to this command, or nothing at all as an empty one. */
  Reply ask(UnaryOperator<Command.Builder> command) {
    int id = ++lastId;
    say(command.apply(Command.newBuilder().setId(id)).build());
    return told.stream()
        .filter(reply -> reply.getId() == id)
        .findFirst()
        .orElseGet(Reply::getDefaultInstance);
  }

  void say(Command command) {
    connection.receive(JsonCodec.write(command));
  }

  void pong() {
    say(Command.getDefaultInstance());
  }

  /** Goes away without a word. */
  void vanish() {
    connection.gone();
  }

  List<Reply> told() {
    return List.copyOf(told);
  }

  List<Push> pushes() {
    return told.stream().filter(Reply::hasPush).map(Reply::getPush).toList();
  }

  /** The data of the publications pushed on this channel, in the order they came. */
  List<String> heard(String channel) {
    return pushes().stream()
        .filter(push -> push.getChannel().equals(channel) && push.hasPub())
        .map(push -> push.getPub().getData().toStringUtf8())
        .toList();
  }

  List<Long> offsets(String channel) {
    return pushes().stream()
        .filter(push -> push.getChannel().equals(channel) && push.hasPub())
        .map(Push::getPub)
        .map(Publication::getOffset)
        .toList();
  }

  long pings() {
    return told.stream().filter(Reply.getDefaultInstance()::equals).count();
  }

  Optional<Disconnect> end() {
    return end;
  }

  @Override
  public Encoding encoding() {
    return Encoding.JSON;
  }

  @Override
  public boolean isEmulated() {
    return false;
  }

  @Override
  public void write(List<byte[]> messages) {
    for (byte[] message : messages) {
      Reply.Builder reply = Reply.newBuilder();
      try {
        JsonCodec.read(message, reply);
      } catch (MalformedException e) {
        throw new AssertionError(new String(message, java.nio.charset.StandardCharsets.UTF_8), e);
      }
      told.add(reply.build());
    }
  }

  @Override
  public void close(Disconnect disconnect) {
    if (end.isEmpty()) {
      end = Optional.of(disconnect);
      if (isOpen) {
        connection.gone();
      }
    }
  }
}
