package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.freshet.platform.Database;
import io.freshet.platform.Json;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.ApiDescription;
import io.freshet.web.ApiDescription.Operation;
import io.freshet.web.TestSite;
import io.freshet.web.TestSite.Person;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A page from elsewhere makes a browser send our cookie along, and gets nothing done by it: on
 * every operation that changes something. There is no such cookie before there are sessions by
 * cookie.
 */
class CsrfTest {
  private static final ApiDescription API = ApiDescription.ours();
  private static final String ELSEWHERE = "https://elsewhere.example";

  private static Database database;
  private static TestSite site;
  private static RawHttp http;
  private static Things things;
  private static Examples examples;
  private static Tables tables;
  private static Person person;
  private static String cookie = "";

  @BeforeAll
  static void start() {
    assumeThat(API.root().at("/components/schemas/Credentials/properties/cookie").isMissingNode())
        .isFalse();
    database = TestDatabase.open();
    site = TestSite.on(database);
    http = new RawHttp(site.port());
    things = new Things(http);
    examples = new Examples(API, things);
    tables = new Tables(database);
    person = site.person("Ada");
    cookie = signIn();
  }

  @AfterAll
  static void stop() {
    if (!cookie.isEmpty()) {
      http.close();
      site.close();
      database.close();
    }
  }

  /**
   * By a page of ours; the answer's cookie is for the host alone, over TLS, out of scripts' reach.
   */
  private static String signIn() {
    Map<String, Object> credentials =
        Map.of("handle", things.handle(person), "password", TestSite.PASSWORD, "cookie", true);
    Call call = Call.of("POST", "/api/v1/sessions").json(Json.bytes(credentials));
    Reply reply = Things.good(http.send(here(call)));
    String set = reply.header("Set-Cookie");
    assertThat(set)
        .startsWith("__Host-sid=")
        .contains("HttpOnly", "Secure", "SameSite=Lax", "Path=/")
        .doesNotContain("Domain");
    return set.substring(0, set.indexOf(';'));
  }

  private static Call here(Call call) {
    return call.with("Origin", "http://127.0.0.1:" + site.port())
        .with("Sec-Fetch-Site", "same-origin");
  }

  private static Stream<Operation> unsafe() {
    return API.operations().stream()
        .filter(operation -> !operation.method().equals("GET") && operation.needsToken());
  }

  @TestFactory
  Stream<DynamicTest> getsNothingDoneFromElsewhere() {
    return unsafe()
        .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> check(operation)));
  }

  private static void check(Operation operation) {
    Call call = examples.valid(operation, person, person).without("Authorization");
    Call byCookie = call.with("Cookie", cookie);
    List<Call> forged =
        List.of(
            byCookie.with("Origin", ELSEWHERE).with("Sec-Fetch-Site", "cross-site"),
            byCookie.with("Origin", ELSEWHERE),
            byCookie.with("Origin", "null"),
            byCookie.with("Sec-Fetch-Site", "same-site"),
            byCookie.with("Sec-Fetch-Site", "cross-site"),
            byCookie);
    Map<String, String> before = tables.fingerprints();
    for (Call each : forged) {
      Reply reply = http.send(each);
      assertThat(reply.status()).as("%s -> %s", each.curl(site.port()), reply).isIn(401, 403);
    }
    assertThat(tables.fingerprints()).isEqualTo(before);
    int status = http.send(here(byCookie)).status();
    assertThat(status).as("%s of our own page", operation.name()).isNotIn(401, 403);
    if (operation.path().contains("/sessions")
        || operation.path().endsWith("/me")
        || operation.path().contains("password")) {
      person = site.person("Ada");
      cookie = signIn();
    }
  }
}
