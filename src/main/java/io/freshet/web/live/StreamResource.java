package io.freshet.web.live;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.freshet.live.Encoding.MalformedException;
import io.freshet.live.JsonCodec;
import io.freshet.live.Live;
import io.freshet.live.Transport;
import io.freshet.live.protocol.EmulationRequest;
import io.freshet.platform.Json;
import io.freshet.web.Bodies;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.freshet.web.Takeover;
import io.freshet.web.live.StreamTransport.Opening;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;

/**
 * Live connections for clients that cannot have a WebSocket: replies by server-sent events or a
 * streamed answer, commands by requests of their own.
 */
public final class StreamResource implements Resource {
  private static final String BINARY = "application/octet-stream";
  private static final String COMMANDS = "cf_connect";

  /** Hands commands to a connection, wherever it is held. */
  interface Emulation {
    /** False if there is no such node. */
    boolean emulate(String node, String session, byte[] commands);
  }

  private final Function<Transport, Session> sessions;
  private final Emulation emulation;
  private final Floor floor;

  public StreamResource(Live live, Floor floor) {
    this(Session.of(live), live::emulate, floor);
  }

  StreamResource(Function<Transport, Session> sessions, Emulation emulation, Floor floor) {
    this.sessions = sessions;
    this.emulation = emulation;
    this.floor = floor;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/connection/sse", this::events),
        Route.post("/connection/http_stream", this::stream),
        Route.post("/emulation", this::emulate),
        new Route(Method.OPTIONS, "/connection/sse", floor.origins()::preflight),
        new Route(Method.OPTIONS, "/connection/http_stream", floor.origins()::preflight),
        new Route(Method.OPTIONS, "/emulation", floor.origins()::preflight));
  }

  private void events(ServerRequest request, ServerResponse response) {
    floor.origins().admit(request, response);
    if (!request.prologue().method().equals(Method.GET)) {
      throw Problem.of(ProblemKind.METHOD_NOT_ALLOWED, "It takes GET")
          .withHeader("Allow", "GET")
          .thrown();
    }
    if (!request.query().contains(COMMANDS)) {
      throw Problem.invalid(COMMANDS, "must hold the first commands").thrown();
    }
    byte[] commands = request.query().get(COMMANDS).getBytes(StandardCharsets.UTF_8);
    open(StreamForm.EVENTS, commands, request, response);
  }

  private void stream(ServerRequest request, ServerResponse response) {
    floor.origins().admit(request, response);
    byte[] commands = Bodies.raw(request);
    open(isBinary(request) ? StreamForm.BINARY : StreamForm.LINES, commands, request, response);
  }

  private void open(
      StreamForm form, byte[] commands, ServerRequest request, ServerResponse response) {
    Opening opening = new Opening(head(form, response.headers()), form, commands);
    InetAddress from = floor.addresses().of(request);
    floor.seats().take(from);
    throw new Takeover(context -> new StreamTransport(context, floor, from, opening, sessions));
  }

  /** Proxies must neither keep what comes nor wait for more of it. */
  private static byte[] head(StreamForm form, ServerResponseHeaders headers) {
    headers.set(HeaderNames.CONTENT_TYPE, form.contentType());
    headers.set(HeaderNames.CACHE_CONTROL, "private, no-cache, no-store, no-transform");
    headers.set(HeaderNames.create("X-Accel-Buffering"), "no");
    headers.set(HeaderNames.CONNECTION, "close");
    headers.set(HeaderNames.TRANSFER_ENCODING, "chunked");
    StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
    for (Header header : headers) {
      for (String value : header.allValues()) {
        head.append(header.headerName().defaultCase()).append(": ").append(value).append("\r\n");
      }
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void emulate(ServerRequest request, ServerResponse response) {
    floor.origins().admit(request, response);
    byte[] body = Bodies.raw(request);
    EmulationRequest told = isBinary(request) ? fromProtobuf(body) : fromJson(body);
    if (!emulation.emulate(told.getNode(), told.getSession(), told.getData().toByteArray())) {
      throw Problem.of(ProblemKind.NOT_FOUND, "No node has this name, or no longer").thrown();
    }
    Replies.noContent(response);
  }

  private static EmulationRequest fromProtobuf(byte[] body) {
    try {
      return EmulationRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw Problem.invalid("body", "must be an EmulationRequest").thrown();
    }
  }

  /** As JSON the commands are text within the text. */
  private static EmulationRequest fromJson(byte[] body) {
    try {
      EmulationRequest.Builder told = EmulationRequest.newBuilder();
      JsonCodec.read(body, told);
      String commands = Json.MAPPER.readTree(told.getData().toByteArray()).asString("");
      return told.setData(ByteString.copyFromUtf8(commands)).build();
    } catch (MalformedException | JacksonException e) {
      throw Problem.invalid("body", "must be {\"session\":…,\"node\":…,\"data\":\"…\"}").thrown();
    }
  }

  private static boolean isBinary(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.CONTENT_TYPE)
        .filter(type -> type.strip().equalsIgnoreCase(BINARY))
        .isPresent();
  }
}
