package io.freshet.web;

import io.freshet.platform.Ids;
import io.freshet.platform.Place;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads what a request says outside its body. Whatever is not exactly right is an invalid-request
 * problem that names it.
 */
public final class Params {
  public static final int DEFAULT_LIMIT = 20;
  public static final int MAX_LIMIT = 100;

  private static final int MAX_TEXT_CHARACTERS =
      200; // longer than any name or handle that one could look for

  private Params() {}

  /** The page size: 1 to 100, 20 when not given. */
  public static int limit(ServerRequest request) {
    return limit(request, DEFAULT_LIMIT);
  }

  /** The page size: 1 to 100. */
  public static int limit(ServerRequest request, int whenNotGiven) {
    return query(request, "limit").map(Params::parseLimit).orElse(whenNotGiven);
  }

  /** The id below which the page starts; from the top when there is no cursor. */
  public static long before(ServerRequest request, String list) {
    return cursor(request, list, Long.MAX_VALUE);
  }

  /** The same for a list that goes upwards: the id above which the page starts. */
  public static long after(ServerRequest request, String list) {
    return cursor(request, list, 0);
  }

  /** The same for a list that is walked by rank, which begins at {@code top}. */
  public static Place below(ServerRequest request, String list, Place top) {
    return keys(request, list, Place.KEYS).map(Place::of).orElse(top);
  }

  /** Where the page starts in a list whose place has several keys; empty at the top. */
  public static Optional<long[]> keys(ServerRequest request, String list, int keys) {
    return query(request, "cursor")
        .map(cursor -> Cursors.decodeKeys(list, cursor, keys).orElseThrow(Params::foreignCursor));
  }

  /**
   * The number of the page that is asked for, from 1; empty if the list is not walked by page.
   *
   * @param most the last number that is answered
   */
  public static OptionalInt page(ServerRequest request, int most) {
    Optional<String> page = query(request, "page");
    if (page.isEmpty()) {
      return OptionalInt.empty();
    }
    if (request.query().contains("cursor") || request.query().contains("limit")) {
      throw Problem.invalid("page", "cannot be given with cursor or limit: take one of the ways")
          .thrown();
    }
    try {
      int number = Integer.parseInt(page.get());
      if (number >= 1 && number <= most) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException notANumber) {
      // falls through to the problem below
    }
    throw Problem.invalid(
            "page", "must be a whole number from 1 to " + most + "; go further by cursor")
        .thrown();
  }

  private static long cursor(ServerRequest request, String list, long start) {
    Optional<String> cursor = query(request, "cursor");
    if (cursor.isEmpty()) {
      return start;
    }
    OptionalLong before = Cursors.decode(list, cursor.get());
    return before.orElseThrow(Params::foreignCursor);
  }

  private static WebException foreignCursor() {
    return Problem.invalid("cursor", "is not one that this list has given out").thrown();
  }

  /**
   * An id in the path. One that could never exist is a mistake of the caller (400), not an absence
   * (404).
   */
  public static long pathId(ServerRequest request, String name) {
    return id(name, request.path().pathParameters().get(name));
  }

  /** A decimal id as JSON and paths carry it. */
  public static long id(String field, String text) {
    return Ids.parse(text)
        .orElseThrow(() ->
            Problem.invalid(field, "must be an id: a positive decimal number of at most 19 digits")
                .thrown());
  }

  /** A query parameter that is given at most once, without control characters. */
  public static Optional<String> query(ServerRequest request, String name) {
    if (!request.query().contains(name)) {
      return Optional.empty();
    }
    List<String> values = request.query().all(name);
    if (values.size() != 1) {
      throw Problem.invalid(name, "must be given once").thrown();
    }
    return Optional.of(plain(name, values.getFirst()));
  }

  private static String plain(String name, String value) {
    if (value.length() > MAX_TEXT_CHARACTERS) {
      throw Problem.invalid(name, "must have at most " + MAX_TEXT_CHARACTERS + " characters")
          .thrown();
    }
    if (value.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
      throw Problem.invalid(name, "must be UTF-8 text without control characters").thrown();
    }
    return value;
  }

  private static int parseLimit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      // falls through to the problem below
    }
    throw Problem.invalid("limit", "must be a whole number from 1 to " + MAX_LIMIT).thrown();
  }

  /** Whether it is a browser that asks, for somebody to read the answer. */
  public static boolean takesHtml(ServerRequest request) {
    return request.headers().first(HeaderNames.ACCEPT).orElse("").contains("text/html");
  }
}
