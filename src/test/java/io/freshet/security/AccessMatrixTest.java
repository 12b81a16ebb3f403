package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.freshet.platform.Database;
import io.freshet.platform.Json;
import io.freshet.security.Access.Expected;
import io.freshet.security.Access.Who;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.ApiDescription;
import io.freshet.web.ApiDescription.Operation;
import io.freshet.web.TestSite;
import io.freshet.web.TestSite.Person;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation on a thing, by its owner, by a stranger, by whom the owner restricts, by an
 * administrator and by nobody: each gets what {@code security/access.txt} says, and a refusal
 * changes nothing and does not tell that the thing exists. Each cell has a thing of its own.
 */
class AccessMatrixTest {
  private static final ApiDescription API = ApiDescription.ours();
  private static final Access ACCESS = Access.table();

  private static Database database;
  private static TestSite site;
  private static RawHttp http;
  private static Things things;
  private static Examples examples;
  private static Tables tables;
  private static Person owner;
  private static Person stranger;
  private static Person restricted;
  private static Person administrator;

  @BeforeAll
  static void start() {
    database = TestDatabase.open();
    site = TestSite.on(database);
    http = new RawHttp(site.port());
    things = new Things(http);
    examples = new Examples(API, things);
    tables = new Tables(database);
    owner = site.person("Owner");
    stranger = site.person("Stranger");
    restricted = site.person("Restricted");
    administrator = site.person("Administrator");
    site.site().accounts().appoint(administrator.id(), true);
    Call call = Call.of("PUT", "/api/v1/accounts/me/restrictions/" + restricted.id());
    Things.good(http.send(call.as(owner.token())));
  }

  @AfterAll
  static void stop() {
    http.close();
    site.close();
    database.close();
  }

  /** Whose token is sent; for nobody's call it says only whose names are put in. */
  private static Person person(Who who) {
    return switch (who) {
      case OWNER, ANONYMOUS -> owner;
      case STRANGER -> stranger;
      case RESTRICTED -> restricted;
      case ADMINISTRATOR -> administrator;
    };
  }

  private static List<Operation> operations() {
    return API.operations().stream().filter(examples::isAboutAThing).toList();
  }

  @TestFactory
  Stream<DynamicTest> givesEachWhatTheyMayHave() {
    return operations().stream()
        .flatMap(operation ->
            Arrays.stream(Who.values())
                .map(who ->
                    DynamicTest.dynamicTest(
                        operation.name() + " by " + who, () -> check(operation, who))));
  }

  @Test
  void looksAtEveryKindOfThing() {
    assertThat(operations()).hasSizeGreaterThan(20);
    assertThat(operations().stream().map(Operation::id).filter(ACCESS.named()::containsKey).count())
        .isGreaterThan(15);
  }

  /** The ids in a list of the body are no way around. */
  @Test
  void attachesNobodyElsesMedia() {
    assumeThat(API.root().at("/components/schemas/Draft/properties/media").isObject()).isTrue();
    String id = things.fresh(Things.Kind.MEDIA, owner);
    Call call =
        Call.of("POST", "/api/v1/posts")
            .json(Json.bytes(Map.of("text", "Mine?", "media", List.of(id))));
    Map<String, String> before = tables.fingerprints();
    Reply reply = http.send(call.as(stranger.token()));
    assertThat(reply.status()).as("%s", reply).isIn(400, 404);
    assertThat(tables.fingerprints()).isEqualTo(before);
    assertThat(http.send(call.as(owner.token())).status()).isEqualTo(201);
  }

  private static void check(Operation operation, Who who) {
    String id = things.fresh(examples.kind(operation), owner);
    Call call = examples.about(operation, person(who), id);
    Map<String, String> before = tables.fingerprints();
    Reply reply = http.send(who == Who.ANONYMOUS ? call : call.as(person(who).token()));
    String what = call.curl(site.port()) + "\n-> " + reply;
    Expected expected = ACCESS.of(operation, who);
    switch (expected) {
      case DONE -> assertThat(reply.status()).as(what).isBetween(200, 299);
      case EMPTY -> {
        assertThat(reply.status()).as(what).isEqualTo(200);
        assertThat(reply.json().path("items")).as(what).isEmpty();
      }
      case INVALID -> assertThat(reply.status()).as(what).isEqualTo(400);
      case UNAUTHORIZED -> assertThat(reply.status()).as(what).isEqualTo(401);
      case NO_SUCH_THING -> likeOneThatIsNot(operation, who, reply, what);
    }
    if (!reply.isGood()) {
      assertThat(tables.fingerprints()).as("changed by a refused %s", what).isEqualTo(before);
    }
  }

  /** The answer may tell no more than the one for a thing that never was. */
  private static void likeOneThatIsNot(Operation operation, Who who, Reply reply, String what) {
    Person caller = person(who);
    Reply nothing =
        http.send(examples.about(operation, caller, "4611686018427387904").as(caller.token()));
    assertThat(nothing.status()).as("there is none: %s", nothing).isIn(400, 404);
    assertThat(reply.status()).as(what).isEqualTo(nothing.status());
    assertThat(reply.json().path("type")).as(what).isEqualTo(nothing.json().path("type"));
    assertThat(reply.json().path("title")).as(what).isEqualTo(nothing.json().path("title"));
    if (operation.path().startsWith("/api/")) {
      assertThat(reply.status()).as(what).isEqualTo(404);
    }
  }
}
