package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Database;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.Route;
import io.freshet.web.TestSite;
import io.freshet.web.TestSite.Person;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer of every route, good or bad, carries what browsers are to be told. */
class SecurityHeadersTest {
  private static final Map<String, String> EXPECTED =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Permissions-Policy", "camera=\\(\\).*",
          "Strict-Transport-Security", "max-age=31536000",
          "Cross-Origin-Resource-Policy", "same-origin|cross-origin");

  private static Database database;
  private static TestSite site;
  private static RawHttp http;
  private static Person person;

  @BeforeAll
  static void start() {
    database = TestDatabase.open();
    site = TestSite.on(database);
    http = new RawHttp(site.port());
    person = site.person("Ada");
  }

  @AfterAll
  static void stop() {
    http.close();
    site.close();
    database.close();
  }

  @TestFactory
  Stream<DynamicTest> ofEveryRoute() {
    return site.site().resources().stream()
        .flatMap(resource -> resource.routes().stream())
        .map(route ->
            DynamicTest.dynamicTest(route.method() + " " + route.path(), () -> checkRoute(route)));
  }

  private static void checkRoute(Route route) {
    String path = route.path().replaceAll("\\{\\w+}", "742000000000000001");
    // Those that stay open let pages from elsewhere not in: that ends them, too.
    Call call = Call.of(route.method().text(), path).with("Origin", "https://elsewhere.example");
    check(http.send(call));
    Reply signedIn = http.send(call.as(person.token()));
    check(signedIn);
    if (!isForAll(path)) {
      assertThat(signedIn.header("Cache-Control")).as(path).isEqualTo("no-store");
    }
  }

  /** The same for everybody, so that caches may keep it. */
  private static boolean isForAll(String path) {
    return path.startsWith("/docs")
        || path.startsWith("/media")
        || path.equals("/openapi.yaml")
        || path.equals("/icon.svg");
  }

  private static void check(Reply reply) {
    EXPECTED.forEach(
        (name, value) -> assertThat(reply.header(name)).as("%s of %s", name, reply).matches(value));
    assertThat(reply.header("Content-Security-Policy"))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe-eval")
        .doesNotContain("script-src 'unsafe-inline'");
    assertThat(reply.has("Server")).isFalse();
    assertThat(reply.has("X-Powered-By")).isFalse();
    assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void ofEveryKindOfRefusal() {
    Call post = Call.of("POST", "/api/v1/posts").as(person.token());
    Map<Integer, Call> refusals =
        Map.of(
            400, post.json("{}".getBytes(StandardCharsets.UTF_8)),
            401, Call.of("GET", "/api/v1/feed"),
            404, Call.of("GET", "/nothing/here"),
            405, Call.of("DELETE", "/api/v1/feed"),
            413, post.json(new byte[70_000]),
            415,
                post.bytes("a".getBytes(StandardCharsets.UTF_8))
                    .with("Content-Type", "text/plain"));
    refusals.forEach((status, call) -> {
      Reply reply = http.send(call);
      assertThat(reply.status()).isEqualTo(status);
      check(reply);
      assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
      assertThat(reply.type()).isEqualTo("application/problem+json");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
        "\u0016\u0003\u0001 / HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /api/v1/posts HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n"
      })
  void ofWhatIsNoRequest(String request) {
    try (RawHttp raw = new RawHttp(site.port())) {
      Reply reply = raw.send(request.getBytes(StandardCharsets.ISO_8859_1), false);
      assertThat(reply.status()).isEqualTo(400);
      check(reply);
    }
  }

  /** What a header says never begins another one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Request-Id: a\rInjected: 1",
        "X-Request-Id: a\n Injected: 1",
        "X-Request-Id: a%0d%0aInjected: 1",
        "X-Request-Id: a\u0000Injected: 1",
        "Idempotency-Key: a\rInjected: 1",
        "Origin: https://a\rInjected: 1",
        "X-Forwarded-Host: a\r\n Injected: 1"
      })
  void neverTakesAHeaderFromAHeader(String header) {
    String request =
        "GET /api/v1/accounts?prefix=a HTTP/1.1\r\nHost: x\r\n"
            + header
            + "\r\nConnection: close\r\n\r\n";
    try (RawHttp raw = new RawHttp(site.port())) {
      Reply reply = raw.send(request.getBytes(StandardCharsets.ISO_8859_1), false);
      assertThat(reply.has("Injected")).as("%s", reply).isFalse();
      assertThat(reply.headers().toString()).doesNotContain("njected");
      assertThat(reply.status()).isIn(200, 400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%0d%0aInjected:%201", "%0aInjected", "%e5%98%8a%e5%98%8dInjected:1", "\"><x>"})
  void neverTakesAHeaderFromAnAddress(String text) {
    for (String path :
        List.of(
            "/api/v1/accounts?limit=1&prefix=" + text,
            "/api/v1/posts/" + text,
            "/api/v1/feed?cursor=" + text,
            "/" + text)) {
      Reply reply = http.send(Call.of("GET", path).as(person.token()));
      assertThat(reply.has("Injected")).as("%s", reply).isFalse();
      assertThat(reply.status()).as(path).isIn(200, 400, 404);
    }
  }
}
