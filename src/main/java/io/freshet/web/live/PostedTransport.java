package io.freshet.web.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.Access;
import io.freshet.live.Connection;
import io.freshet.live.Disconnect;
import io.freshet.live.Encoding;
import io.freshet.live.Transport;
import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.ConnectRequest;
import io.freshet.live.protocol.RefreshRequest;
import io.freshet.live.protocol.Reply;
import io.freshet.platform.Json;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/**
 * A live connection that speaks the contract: of all that is told of the feed, only new posts,
 * whole. To the server it is a client like any other, with pings that become the WebSocket's own.
 */
final class PostedTransport implements Transport, WebSocket.Listener {
  private static final byte[] PONG = command(Command.getDefaultInstance());

  /** The contract's message. */
  record Posted(String postId, String postText, @JsonProperty("author_user_id") String author) {}

  private final WebSocket socket;
  private final Access reader;
  private final PostedResource.Posts posts;
  private final PostedResource.Pass pass;
  private final AtomicBoolean isAsked = new AtomicBoolean();
  private volatile Optional<Connection> connection = Optional.empty();

  /** When the token is to be renewed, in milliseconds of the clock. Of the reading thread. */
  private long renewAt;

  PostedTransport(
      WebSocket socket, Access reader, PostedResource.Posts posts, PostedResource.Pass pass) {
    this.socket = socket;
    this.reader = reader;
    this.posts = posts;
    this.pass = pass;
  }

  void begin(Connection opened) {
    connection = Optional.of(opened);
    ConnectRequest.Builder connect = ConnectRequest.newBuilder().setToken(token());
    opened.receive(command(Command.newBuilder().setId(1).setConnect(connect).build()));
  }

  private String token() {
    renewAt = pass.clock().millis() + pass.life().dividedBy(2).toMillis();
    return pass.tokens().apply(reader);
  }

  private static byte[] command(Command command) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      command.writeDelimitedTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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
      tell(Reply.parseDelimitedFrom(new ByteArrayInputStream(message)));
    }
  }

  private void tell(Reply told) throws IOException {
    if (told.equals(Reply.getDefaultInstance())) {
      isAsked.set(true);
      socket.write(Frames.ping());
    } else if (told.getPush().hasPub()) {
      Optional<Post> post = posted(told.getPush().getPub().getData().toByteArray());
      if (post.isPresent()) {
        socket.write(Frames.of(Frames.TEXT, Json.bytes(view(post.get()))));
      }
    }
  }

  private Optional<Post> posted(byte[] event) {
    JsonNode json = Json.MAPPER.readTree(event);
    return json.path("event").asString("").equals("inserted")
        ? posts.find(
            Optional.of(reader.account()),
            new PostId(Long.parseLong(json.path("post").asString("0"))))
        : Optional.empty();
  }

  private static Posted view(Post post) {
    return new Posted(post.id().toString(), post.text(), post.author().toString());
  }

  @Override
  public void close(Disconnect disconnect) {
    SocketTransport.close(socket, disconnect);
  }

  /** The contract has the client say nothing. */
  @Override
  public void message(byte[] data) {}

  @Override
  public void pong() {
    if (isAsked.getAndSet(false)) {
      connection.ifPresent(this::live);
    }
  }

  private void live(Connection opened) {
    opened.receive(PONG);
    if (pass.clock().millis() >= renewAt) {
      RefreshRequest.Builder refresh = RefreshRequest.newBuilder().setToken(token());
      opened.receive(command(Command.newBuilder().setId(2).setRefresh(refresh).build()));
    }
  }

  @Override
  public void gone() {
    connection.ifPresent(Connection::gone);
  }

  @Override
  public void stopping() {
    connection.ifPresent(it -> it.close(Disconnect.SHUTDOWN));
  }
}
