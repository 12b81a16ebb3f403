package io.freshet.security;

import static io.freshet.security.BodyMutations.pick;
import static io.freshet.security.Mutation.any;
import static io.freshet.security.Mutation.refused;

import io.freshet.web.ApiDescription.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What can be wrong with the rest of a request: its token, its path, its query, its headers. */
final class RequestMutations {
  private static final List<String> IDS =
      List.of(
          "0",
          "-1",
          "abc",
          "1e5",
          "99999999999999999999",
          "9223372036854775807",
          "4611686018427387904",
          "%00",
          "%C3%A9",
          "%ff",
          "..%2f",
          "%2e%2e",
          "..",
          "null",
          "me",
          "1;a=b",
          "1%0d%0aX:y",
          "%20",
          "*",
          "'",
          "1,2",
          "0x1",
          "%F0%9F%98%80",
          "9".repeat(3_000));

  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "-1",
          "1",
          "101",
          "x",
          "%00",
          "%ff",
          "%",
          "1e9",
          "true",
          "null",
          "%27%3B--",
          "%25",
          "_",
          "%F0%9F%98%80",
          "a%0d%0aSet-Cookie:%20b",
          "a%26b",
          "%2a%3a%7c%21%28",
          "9".repeat(300),
          "x".repeat(3_000));

  private static final List<String> CURSORS =
      List.of(
          "AQAAAAAAAAAAAAAAAA",
          "AX________________",
          "_".repeat(18),
          "MTIzNDU2Nzg5MDEyMzQ",
          "0",
          "%00",
          "A".repeat(17),
          "A".repeat(19),
          "A".repeat(250),
          "eyJpZCI6MX0");

  private static final List<String> HEADERS =
      List.of(
          "Accept: image/png",
          "Accept: */*;q=zzz",
          "Accept-Encoding: gzip, br;q=2",
          "Accept-Language: \u00e9\u00e8",
          "Range: bytes=0-",
          "Range: bytes=-1",
          "Range: bytes=9-1,2-3",
          "If-None-Match: *",
          "If-None-Match: \"a\", W/\"b",
          "If-Modified-Since: yesterday",
          "Content-Encoding: gzip",
          "Expect: 100-and-more",
          "Transfer-Encoding: gzip",
          "X-HTTP-Method-Override: DELETE",
          "X-Request-Id: <script>",
          "X-Forwarded-For: 1.2.3.4, ' OR 1=1",
          "Forwarded: for=\"[::1\"",
          "X-Auth: x",
          "Origin: null",
          "Cookie: __Host-sid=../../etc; a=b; =; ;",
          "Idempotency-Key: \t",
          "Idempotency-Key: " + "k".repeat(200),
          "traceparent: 00-0-0-0",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Content-Language: " + "x".repeat(8_000));

  private RequestMutations() {}

  /**
   * @param badTokens that nobody may get in with
   * @param foreign the paths of things of another's
   */
  static List<Mutation> all(List<String> badTokens, Mutation.Change foreign) {
    return List.of(
        refused(
            "no token",
            401,
            (operation, call, random) ->
                operation.needsToken()
                    ? Optional.of(call.without("Authorization"))
                    : Optional.empty()),
        refused(
            "a bad token",
            401,
            (operation, call, random) ->
                operation.readsTokens()
                    ? Optional.of(call.with("Authorization", "Bearer " + pick(random, badTokens)))
                    : Optional.empty()),
        refused(
            "an odd scheme",
            401,
            (operation, call, random) ->
                operation.needsToken()
                    ? Optional.of(call.with("Authorization", pick(random, SCHEMES)))
                    : Optional.empty()),
        any("an odd id", RequestMutations::oddId),
        any("another's thing", foreign),
        any("an odd value in the query", RequestMutations::oddQuery),
        new Mutation("an odd cursor", Set.of(400), RequestMutations::oddCursor),
        any("a parameter twice", RequestMutations::twice),
        any(
            "an unknown parameter",
            (operation, call, random) -> Optional.of(call.query("admin", pick(random, VALUES)))),
        any("an odd header", (operation, call, random) -> Optional.of(oddHeader(call, random))),
        any("an odd path", (operation, call, random) -> Optional.of(oddPath(call, random))),
        refused(
            "too many headers",
            400,
            (operation, call, random) -> Optional.of(call.plus("X-Huge", "y".repeat(20_000)))));
  }

  private static final List<String> SCHEMES =
      List.of("Bearer", "Bearer ", "Basic YTpi", "bearer null", "Token x", "Bearer a b", "\t");

  private static Optional<Call> oddId(Operation operation, Call call, Random random) {
    if (!operation.path().contains("{")) {
      return Optional.empty();
    }
    String path = operation.path().replaceAll("\\{\\w+}", pick(random, IDS));
    int query = call.path().indexOf('?');
    return Optional.of(call.to(query < 0 ? path : path + call.path().substring(query)));
  }

  private static Optional<Call> oddQuery(Operation operation, Call call, Random random) {
    List<JsonNode> parameters = operation.parametersIn("query");
    if (parameters.isEmpty()) {
      return Optional.empty();
    }
    String name = pick(random, parameters).path("name").asString();
    return Optional.of(call.to(bare(call)).query(name, pick(random, VALUES)));
  }

  private static Optional<Call> oddCursor(Operation operation, Call call, Random random) {
    boolean hasCursor =
        operation.parametersIn("query").stream()
            .anyMatch(it -> it.path("name").asString().equals("cursor"));
    return hasCursor ? Optional.of(call.query("cursor", pick(random, CURSORS))) : Optional.empty();
  }

  private static Optional<Call> twice(Operation operation, Call call, Random random) {
    List<JsonNode> parameters = operation.parametersIn("query");
    if (parameters.isEmpty()) {
      return Optional.empty();
    }
    String name = pick(random, parameters).path("name").asString();
    return Optional.of(call.query(name, pick(random, VALUES)).query(name, pick(random, VALUES)));
  }

  private static Call oddHeader(Call call, Random random) {
    String line = pick(random, HEADERS);
    List<String> more = new ArrayList<>(call.headers());
    more.add(line);
    return new Call(call.method(), call.path(), more, call.body());
  }

  private static Call oddPath(Call call, Random random) {
    String path = call.path();
    return call.to(
        switch (random.nextInt(5)) {
          case 0 -> "/" + path;
          case 1 -> path.replaceFirst("/", "/./");
          case 2 -> path.replaceFirst("/", "/x/../");
          case 3 -> path + "?%";
          default -> path + "%2f";
        });
  }

  private static String bare(Call call) {
    return call.path().replaceFirst("\\?.*", "");
  }
}
