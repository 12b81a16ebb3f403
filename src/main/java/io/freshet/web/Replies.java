package io.freshet.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.platform.Json;
import io.freshet.platform.Page;
import io.freshet.platform.Place;
import io.freshet.platform.RankedPage;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Sends what went well. */
public final class Replies {
  public static final Header JSON = HeaderValues.createCached("Content-Type", "application/json");

  private Replies() {}

  /** A page of a list: the items, and the cursor of the next page unless this is the last. */
  public record PageBody(
      List<?> items, @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> nextCursor) {}

  public static void json(ServerResponse response, Status status, Object body) {
    response.status(status);
    bytes(response, Json.bytes(body));
  }

  /** Bytes that are JSON already. */
  public static void bytes(ServerResponse response, byte[] json) {
    response.headers().set(JSON);
    response.send(json);
  }

  public static void noContent(ServerResponse response) {
    response.status(Status.NO_CONTENT_204);
    response.send();
  }

  public static <T> void page(
      ServerRequest request,
      ServerResponse response,
      String list,
      Page<T> page,
      Function<T, ?> view) {
    Optional<String> cursor = nextCursor(list, page.next());
    cursor.ifPresent(next -> link(request, response, next));
    json(response, Status.OK_200, new PageBody(page.items().stream().map(view).toList(), cursor));
  }

  /** The same of a list that is walked by rank. */
  public static <T> void page(
      ServerRequest request,
      ServerResponse response,
      String list,
      RankedPage<T> page,
      Function<T, ?> view) {
    List<?> items = page.items().stream().map(view).toList();
    page(request, response, list, items, page.next().map(Place::keys));
  }

  /** A page whose next one begins at several keys. */
  public static void page(
      ServerRequest request,
      ServerResponse response,
      String list,
      List<?> items,
      Optional<long[]> next) {
    Optional<String> cursor = next.map(keys -> Cursors.encodeKeys(list, keys));
    cursor.ifPresent(there -> link(request, response, there));
    json(response, Status.OK_200, new PageBody(items, cursor));
  }

  static Optional<String> nextCursor(String list, OptionalLong next) {
    return next.isPresent()
        ? Optional.of(Cursors.encode(list, next.getAsLong()))
        : Optional.empty();
  }

  /** Names the address of the next page (RFC 8288): this one's with the cursor moved on. */
  static void link(ServerRequest request, ServerResponse response, String cursor) {
    StringBuilder address = new StringBuilder("<").append(request.path().rawPath()).append('?');
    for (String name : List.of("limit", "prefix", "order", "sort", "tag", "q", "kind")) {
      if (request.query().contains(name)) {
        address.append(name).append('=').append(request.query().getRaw(name)).append('&');
      }
    }
    response.header(
        HeaderNames.LINK,
        address.append("cursor=").append(cursor).append(">; rel=\"next\"").toString());
  }
}
