package io.freshet.web.live;

import io.freshet.live.Encoding;
import io.freshet.live.Live;
import io.freshet.live.Transport;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.freshet.web.Takeover;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Live connections over WebSocket. */
public final class SocketResource implements Resource {
  static final String PATH = "/connection/websocket";

  private static final String PROTOBUF = "centrifuge-protobuf";
  private static final String JSON = "centrifuge-json";

  private final Function<Transport, Session> sessions;
  private final Floor floor;

  public SocketResource(Live live, Floor floor) {
    this(Session.of(live), floor);
  }

  SocketResource(Function<Transport, Session> sessions, Floor floor) {
    this.sessions = sessions;
    this.floor = floor;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get(PATH, this::open));
  }

  private void open(ServerRequest request, ServerResponse response) {
    Handshake handshake = Handshake.of(request);
    floor.origins().require(request);
    Optional<String> subprotocol = handshake.choose(List.of(PROTOBUF, JSON));
    Encoding encoding = encoding(request, subprotocol);
    byte[] answer = handshake.answer(subprotocol);
    InetAddress from = floor.addresses().of(request);
    floor.seats().take(from);
    throw new Takeover(context ->
        new WebSocket(
            context,
            floor,
            from,
            answer,
            socket -> new SocketTransport(socket, encoding, sessions)));
  }

  private static Encoding encoding(ServerRequest request, Optional<String> subprotocol) {
    boolean asked =
        subprotocol.equals(Optional.of(PROTOBUF))
            || asks(request, "cf_protocol")
            || asks(request, "format");
    return asked ? Encoding.PROTOBUF : Encoding.JSON;
  }

  private static boolean asks(ServerRequest request, String parameter) {
    return request.query().contains(parameter) && request.query().get(parameter).equals("protobuf");
  }
}
