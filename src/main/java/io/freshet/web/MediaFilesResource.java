package io.freshet.web;

import io.freshet.media.Blobs;
import io.freshet.media.FileName;
import io.freshet.media.MediaAddresses;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Serves the files of pictures and videos, to everybody who knows their name: whole or in part, and
 * for ever, for what a name stands for never changes. Whatever a browser would take a file for, it
 * may do nothing with it.
 */
public final class MediaFilesResource implements Resource {
  private static final List<Header> HARMLESS =
      List.of(
          HeaderValues.createCached("Cache-Control", "public, max-age=31536000, immutable"),
          HeaderValues.createCached("Content-Security-Policy", "sandbox; default-src 'none'"),
          HeaderValues.createCached("Cross-Origin-Resource-Policy", "cross-origin"),
          HeaderValues.createCached("Accept-Ranges", "bytes"));

  private final Blobs files;

  public MediaFilesResource(Blobs files) {
    this.files = files;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get(MediaAddresses.PATH + "/{name}", this::show));
  }

  private void show(ServerRequest request, ServerResponse response) {
    String given = request.path().pathParameters().get("name");
    FileName name = FileName.parse(given).orElseThrow(MediaFilesResource::notFound);
    long size = files.size(name).orElseThrow(MediaFilesResource::notFound);
    String etag = "\"" + name + "\"";
    if (FeedPages.isKnown(request, etag)) {
      address(response, etag);
      response.status(Status.NOT_MODIFIED_304);
      response.send();
      return;
    }
    switch (ByteRange.of(range(request, etag), size)) {
      case ByteRange.Wanted.Whole() -> send(request, response, name, new ByteRange(0, size - 1));
      case ByteRange.Wanted.Part(ByteRange part) -> {
        response.status(Status.PARTIAL_CONTENT_206);
        response.header(
            HeaderNames.CONTENT_RANGE, "bytes " + part.first() + "-" + part.last() + "/" + size);
        send(request, response, name, part);
      }
      case ByteRange.Wanted.Nothing() -> refuse(size);
    }
  }

  /** With If-Range only if it is still what the caller has the beginning of. */
  private static Optional<String> range(ServerRequest request, String etag) {
    boolean same =
        request.headers().first(HeaderNames.IF_RANGE).map(known -> known.equals(etag)).orElse(true);
    return same ? request.headers().first(HeaderNames.RANGE) : Optional.empty();
  }

  /** Opens the file first: a refusal must not be remembered for a year. */
  private void send(ServerRequest request, ServerResponse response, FileName name, ByteRange part) {
    try (InputStream from =
        files.read(name, part.first(), part.length()).orElseThrow(MediaFilesResource::notFound)) {
      address(response, "\"" + name + "\"");
      response.header(HeaderNames.CONTENT_TYPE, name.type().contentType());
      response.header(HeaderNames.CONTENT_DISPOSITION, "inline; filename=\"" + name + "\"");
      response.header(HeaderNames.CONTENT_LENGTH, Long.toString(part.length()));
      if (request.prologue().method().equals(Method.HEAD)) {
        response.send();
        return;
      }
      try (OutputStream to = response.outputStream()) {
        from.transferTo(to);
      }
    } catch (IOException e) {
      throw new CloseConnectionException("a file could not be sent to its end", e);
    }
  }

  private static void address(ServerResponse response, String etag) {
    HARMLESS.forEach(response.headers()::set);
    response.header(HeaderNames.ETAG, etag);
  }

  private static void refuse(long size) {
    throw Problem.of(
            ProblemKind.RANGE_NOT_SATISFIABLE, "The file has " + size + " bytes, fewer than asked")
        .withHeader("Content-Range", "bytes */" + size)
        .thrown();
  }

  private static WebException notFound() {
    return Problem.of(ProblemKind.NOT_FOUND, "There is no such file").thrown();
  }
}
