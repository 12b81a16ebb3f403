package io.freshet.web.live;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.freshet.live.Encoding.MalformedException;
import io.freshet.live.JsonCodec;
import io.freshet.live.Live;
import io.freshet.live.LiveError;
import io.freshet.live.LiveException;
import io.freshet.live.protocol.Api;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * The server API: {@code POST /api/<method>}, for backends that publish to live channels and look
 * after connections, in the shape of Centrifugo's. Guarded by a key of its own.
 */
public final class ApiResource implements Resource {
  /** One broadcast may name thousands of channels. */
  private static final int MAX_BYTES = 1 << 20;

  private static final HeaderName KEY = HeaderNames.create("X-API-Key");
  private static final String SCHEME = "apikey ";

  /** Says {@code transport} where errors shall be seen by the status, too. */
  private static final HeaderName ERROR_MODE = HeaderNames.create("X-Centrifugo-Error-Mode");

  private final ServerApi api;
  private final Optional<String> key;
  private final boolean isOpen;

  /**
   * @param key opens it; with none it is closed
   * @param isOpen whether with none it is open to everybody instead: for development
   */
  public ApiResource(Live live, Optional<String> key, boolean isOpen) {
    this.api = new ServerApi(live);
    this.key = key;
    this.isOpen = isOpen;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/api/{method}", this::call));
  }

  private void call(ServerRequest request, ServerResponse response) {
    requireKey(request);
    Message asked = read(request);
    try {
      Message result = api.answer(asked);
      // A batch answers with its replies alone, everything else within "result".
      Replies.bytes(
          response,
          result instanceof Api.BatchResult
              ? JsonCodec.write(result)
              : within("result", JsonCodec.write(result)));
    } catch (LiveException refused) {
      boolean byStatus =
          request.headers().first(ERROR_MODE).filter("transport"::equals).isPresent();
      if (byStatus) {
        response.status(status(refused.error()));
      }
      Replies.bytes(response, within("error", JsonCodec.write(ServerApi.error(refused))));
    }
  }

  private void requireKey(ServerRequest request) {
    boolean isAllowed = key.map(right -> isSame(right, given(request))).orElse(isOpen);
    if (!isAllowed) {
      throw Bearer.refused("This needs the key of the server API: X-API-Key: <key>", "apikey");
    }
  }

  private static String given(ServerRequest request) {
    return request
        .headers()
        .first(KEY)
        .or(() ->
            request
                .headers()
                .first(HeaderNames.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip()))
        .orElse("");
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static Message read(ServerRequest request) {
    FieldDescriptor method =
        Api.Command.getDescriptor().findFieldByName(request.path().pathParameters().get("method"));
    if (method == null) {
      throw Problem.of(ProblemKind.NO_SUCH_ADDRESS, "The server API has no such method").thrown();
    }
    Message.Builder asked = Api.Command.newBuilder().newBuilderForField(method);
    try {
      JsonCodec.read(Bodies.raw(request, MAX_BYTES), asked);
    } catch (MalformedException e) {
      throw Problem.invalid("body", "is not what this method takes").thrown();
    }
    return asked.build();
  }

  private static Status status(LiveError error) {
    return switch (error) {
      case UNKNOWN_CHANNEL, METHOD_NOT_FOUND -> Status.NOT_FOUND_404;
      case INTERNAL -> Status.INTERNAL_SERVER_ERROR_500;
      case UNRECOVERABLE_POSITION -> Status.REQUESTED_RANGE_NOT_SATISFIABLE_416;
      default -> Status.BAD_REQUEST_400;
    };
  }

  private static byte[] within(String name, byte[] json) {
    ByteArrayOutputStream object = new ByteArrayOutputStream(json.length + 16);
    object.writeBytes(("{\"" + name + "\":").getBytes(StandardCharsets.UTF_8));
    object.writeBytes(json);
    object.write('}');
    return object.toByteArray();
  }
}
