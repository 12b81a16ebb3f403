package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.freshet.account.AccountId;
import io.freshet.media.Media;
import io.freshet.media.MediaAddresses;
import io.freshet.media.MediaLimits;
import io.freshet.media.Medium;
import io.freshet.post.Attachments;
import io.freshet.web.Bearer;
import io.freshet.web.Bodies;
import io.freshet.web.Multipart;
import io.freshet.web.Params;
import io.freshet.web.Problem;
import io.freshet.web.Replies;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pictures and videos: sent, described, deleted, before they are attached to a post. */
public final class MediaResource implements Resource {
  private static final String PATH = "/api/v1/media";

  /** Four bytes a character. */
  private static final int MAX_ALT_BYTES = 4 * Media.MAX_ALT;

  /** The form around the file, generously. */
  private static final int FORM_BYTES = 64 * 1024;

  private final Media media;
  private final Attachments attachments;
  private final MediaAddresses addresses;
  private final Bearer bearer;
  private final Bodies bodies;

  public MediaResource(
      Media media,
      Attachments attachments,
      MediaAddresses addresses,
      Bearer bearer,
      Bodies bodies) {
    this.media = media;
    this.attachments = attachments;
    this.addresses = addresses;
    this.bearer = bearer;
    this.bodies = bodies;
  }

  record Description(@JsonProperty(required = true) String alt) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.upload(PATH, mostBytes() + FORM_BYTES, this::take),
        Route.get(PATH + "/{id}", this::show),
        Route.put(PATH + "/{id}", this::describe),
        Route.delete(PATH + "/{id}", this::delete));
  }

  private long mostBytes() {
    MediaLimits limits = media.limits();
    return Math.max(limits.imageBytes(), limits.videoBytes());
  }

  private void take(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    String boundary = Multipart.boundary(request);
    media.requireRoom(caller.value());
    Path directory = media.open();
    try {
      Path sent = directory.resolve("sent");
      String alt = receive(request, boundary, sent);
      Medium medium = media.take(caller.value(), sent, alt);
      response.header(HeaderNames.LOCATION, PATH + "/" + medium.id());
      Replies.json(response, Status.CREATED_201, medium.shown(addresses));
    } finally {
      Media.clear(directory);
    }
  }

  /** Writes the file there; the text that came with it. */
  private String receive(ServerRequest request, String boundary, Path sent) {
    if (!request.content().hasEntity()) {
      throw Problem.invalid("body", "is missing").thrown();
    }
    ByteArrayOutputStream alt = new ByteArrayOutputStream();
    try (OutputStream file = Files.newOutputStream(sent);
        InputStream body = request.content().inputStream()) {
      Set<String> seen =
          Multipart.read(
              body,
              boundary,
              Map.of(
                  "file", new Multipart.Field("A file", mostBytes(), file),
                  "alt", new Multipart.Field("The alt text", MAX_ALT_BYTES, alt)));
      if (!seen.contains("file")) {
        throw Problem.invalid("file", "is missing").thrown();
      }
    } catch (IOException | DataReader.InsufficientDataAvailableException e) {
      throw new CloseConnectionException("the sender left in the middle of a file", e);
    } catch (NumberFormatException e) {
      throw Problem.invalid("body", "is not in well-formed chunks").thrown();
    }
    return text(alt.toByteArray());
  }

  private static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.invalid("alt", "is not valid UTF-8").thrown();
    }
  }

  private void show(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    Medium medium = media.find(caller.value(), Params.pathId(request, "id"));
    Replies.json(response, Status.OK_200, medium.shown(addresses));
  }

  private void describe(ServerRequest request, ServerResponse response) {
    AccountId caller = bearer.caller(request);
    long id = Params.pathId(request, "id");
    String alt = Media.validAlt(bodies.read(request, Description.class).alt());
    Replies.json(response, Status.OK_200, attachments.describe(caller, id, alt).shown(addresses));
  }

  private void delete(ServerRequest request, ServerResponse response) {
    media.delete(bearer.caller(request).value(), Params.pathId(request, "id"));
    Replies.noContent(response);
  }
}
