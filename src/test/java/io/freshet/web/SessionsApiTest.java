package io.freshet.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Signing in and out over HTTP, by token and by cookie. */
class SessionsApiTest {
  private static final String API = "/api/v1";
  private static final String SESSIONS = API + "/sessions";
  @AutoClose private static final TestSite SITE = TestSite.open();
  private static final TestClient ANYONE = SITE.anyone();

  private static String handle(Person person) {
    return SITE.site().accounts().find(person.id()).orElseThrow().handle();
  }

  private static Answer signIn(Person person) {
    Answer answer =
        ANYONE
            .with("User-Agent", "Lynx/2.8")
            .post(SESSIONS, Map.of("handle", handle(person), "password", TestSite.PASSWORD));
    assertThat(answer.status()).isEqualTo(201);
    return answer;
  }

  private static Answer signInByCookie(Person person, TestClient from) {
    return from.post(
        SESSIONS, Map.of("handle", handle(person), "password", TestSite.PASSWORD, "cookie", true));
  }

  /** A browser with the cookie, on a page of this server. */
  private static TestClient browser(Person person) {
    TestClient page = ANYONE.with("Sec-Fetch-Site", "same-origin");
    String set = signInByCookie(person, page).header("Set-Cookie");
    return page.with("Cookie", set.substring(0, set.indexOf(';')));
  }

  private static int me(TestClient client) {
    return client.get(API + "/accounts/me").status();
  }

  @Test
  void refreshesATokenAndEndsTheSessionWhenItIsReplayed() {
    Answer signedIn = signIn(SITE.person("Ada"));
    assertThat(signedIn.json().path("expiresIn").asInt()).isEqualTo(15 * 60);
    Map<String, String> first = Map.of("refreshToken", signedIn.text("refreshToken"));
    Answer refreshed = ANYONE.post(SESSIONS + "/refresh", first);
    assertThat(refreshed.status()).isEqualTo(200);
    TestClient ada = ANYONE.as(refreshed.text("token"));
    assertThat(me(ada)).isEqualTo(200);
    Map<String, String> second = Map.of("refreshToken", refreshed.text("refreshToken"));
    assertThat(ANYONE.post(SESSIONS + "/refresh", second).status()).isEqualTo(200);
    Answer replayed = ANYONE.post(SESSIONS + "/refresh", first);
    assertThat(replayed.status()).isEqualTo(401);
    assertThat(replayed.header("WWW-Authenticate")).contains("invalid_token");
    assertThat(me(ada)).isEqualTo(401);
    assertThat(me(ANYONE.as(signedIn.text("token")))).isEqualTo(401);
  }

  @Test
  void listsSessionsAndEndsThemOneByOneOrTogether() {
    Person person = SITE.person("Grace");
    TestClient here = ANYONE.as(signIn(person).text("token"));
    Answer there = signIn(person);
    TestClient third = ANYONE.as(signIn(person).text("token"));
    JsonNode items = here.get(SESSIONS).json().path("items");
    assertThat(items).hasSize(3);
    assertThat(items.path(2).path("current").asBoolean()).isTrue();
    assertThat(items.path(0).path("current").asBoolean()).isFalse();
    assertThat(items.path(0).path("client").asString()).isEqualTo("Lynx/2.8");
    assertThat(items.path(0).path("network").asString()).isEqualTo("127.0.0.0/24");
    assertThat(here.get(SESSIONS + "?limit=1").json().path("nextCursor").asString()).isNotEmpty();
    TestClient stranger = ANYONE.as(SITE.person("Eve").token());
    assertThat(stranger.delete(SESSIONS + "/" + there.text("id")).status()).isEqualTo(404);
    assertThat(here.delete(SESSIONS + "/" + there.text("id")).status()).isEqualTo(204);
    assertThat(me(ANYONE.as(there.text("token")))).isEqualTo(401);
    assertThat(here.delete(SESSIONS).status()).isEqualTo(204);
    assertThat(me(third)).isEqualTo(401);
    assertThat(me(here)).isEqualTo(200);
    assertThat(here.delete(SESSIONS + "/current").status()).isEqualTo(204);
    assertThat(me(here)).isEqualTo(401);
  }

  @Test
  void changesThePasswordAndEndsTheOtherSessions() {
    Person person = SITE.person("Kay");
    TestClient here = ANYONE.as(signIn(person).text("token"));
    TestClient there = ANYONE.as(signIn(person).text("token"));
    String path = API + "/accounts/me/password";
    Answer wrong = here.put(path, Map.of("current", "not this one", "new", "another long one"));
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.text("type")).isEqualTo("urn:freshet:problem:wrong-password");
    assertThat(here.put(path, Map.of("current", TestSite.PASSWORD, "new", "short")).status())
        .isEqualTo(400);
    assertThat(me(there)).isEqualTo(200);
    assertThat(
            here.put(path, Map.of("current", TestSite.PASSWORD, "new", "another long one"))
                .status())
        .isEqualTo(204);
    assertThat(me(there)).isEqualTo(401);
    assertThat(me(here)).isEqualTo(200);
  }

  @Test
  void keepsAPageSignedInByACookieThatNoScriptReads() {
    Person person = SITE.person("Mary");
    Answer answer = signInByCookie(person, ANYONE.with("Sec-Fetch-Site", "same-origin"));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().has("token")).isFalse();
    assertThat(answer.json().has("refreshToken")).isFalse();
    assertThat(answer.header("Set-Cookie"))
        .startsWith("__Host-sid=")
        .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Domain");
    TestClient page = browser(person);
    assertThat(me(page)).isEqualTo(200);
    assertThat(page.post(API + "/posts", Map.of("text", "by cookie")).status()).isEqualTo(201);
    Answer out = page.delete(SESSIONS + "/current");
    assertThat(out.status()).isEqualTo(204);
    assertThat(out.header("Set-Cookie"))
        .startsWith("__Host-sid=;")
        .contains("Jan 1970 00:00:00 GMT");
    assertThat(me(page)).isEqualTo(401);
  }

  /** What browsers send along with the cookie, and whether a post may come of it. */
  @ParameterizedTest
  @CsvSource({
    "same-origin, '', 201",
    "same-origin, http://127.0.0.1:PORT, 201",
    "'', http://127.0.0.1:PORT, 201",
    "'', '', 403",
    "cross-site, '', 403",
    "same-site, '', 403",
    "none, '', 403",
    "cross-site, http://127.0.0.1:PORT, 403",
    "same-origin, https://evil.example, 403",
    "'', https://evil.example, 403",
    "'', http://127.0.0.1:1, 403",
    "'', null, 403"
  })
  void takesUnsafeRequestsByCookieFromItsOwnPagesOnly(String site, String origin, int status) {
    String cookie = requireNonNull(browser(SITE.person("Hedy")).headers().get("Cookie"));
    TestClient client = ANYONE.with("Cookie", cookie);
    if (!site.isEmpty()) {
      client = client.with("Sec-Fetch-Site", site);
    }
    if (!origin.isEmpty()) {
      client = client.with("Origin", origin.replace("PORT", String.valueOf(SITE.port())));
    }
    assertThat(me(client)).isEqualTo(200);
    assertThat(client.post(API + "/posts", Map.of("text", "hello")).status()).isEqualTo(status);
  }

  /** Each operation that changes something, by the cookie from a page of somebody else's. */
  @Test
  void letsNoForeignPageChangeAnythingByTheCookie() {
    String cookie = requireNonNull(browser(SITE.person("Joan")).headers().get("Cookie"));
    TestClient evil = ANYONE.with("Cookie", cookie).with("Origin", "https://evil.example");
    int unsafe = 0;
    for (ApiDescription.Operation operation : ApiDescription.ours().operations()) {
      if (operation.needsToken() && !List.of("GET", "HEAD").contains(operation.method())) {
        unsafe++;
        String path = operation.path().replaceAll("\\{\\w+}", "12345");
        Answer answer = evil.json(operation.method(), path, Map.of());
        assertThat(answer.status()).as(operation.name()).isIn(400, 403);
        if (answer.status() == 400 && !path.startsWith("/api/")) {
          continue; // the course contract has 400 for every refusal
        }
        assertThat(answer.text("type"))
            .as(operation.name())
            .isEqualTo("urn:freshet:problem:origin-not-allowed");
      }
    }
    assertThat(unsafe).isGreaterThan(10);
  }

  @Test
  void signsNobodyInByCookieForAForeignPage() {
    Person person = SITE.person("Anita");
    assertThat(signInByCookie(person, ANYONE.with("Origin", "https://evil.example")).status())
        .isEqualTo(403);
    assertThat(signInByCookie(person, ANYONE).status()).isEqualTo(403);
  }

  @Test
  void letsTheTokenWinOverTheCookie() {
    Person person = SITE.person("Radia");
    TestClient page = browser(person);
    Person other = SITE.person("Barbara");
    assertThat(page.as(other.token()).get(API + "/accounts/me").text("id"))
        .isEqualTo(other.id().toString());
    assertThat(me(page.as("nonsense"))).isEqualTo(401);
  }

  /** Who is signed out sees what everybody sees, rather than an error on every page. */
  @Test
  void overlooksACookieThatIsGoodNoMore() {
    TestClient stale = ANYONE.with("Cookie", "__Host-sid=" + "A".repeat(75));
    assertThat(stale.get(API + "/accounts?prefix=a").status()).isEqualTo(200);
    assertThat(me(stale)).isEqualTo(401);
  }

  @Test
  void answersAnUnknownNameLikeAWrongPassword() {
    String known = handle(SITE.person("Vera"));
    Answer wrong = ANYONE.post(SESSIONS, Map.of("handle", known, "password", "not this one"));
    Answer unknown =
        ANYONE.post(SESSIONS, Map.of("handle", "nobody_at_all", "password", "nope nope"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.text("detail")).isEqualTo(wrong.text("detail"));
    assertThat(unknown.header("WWW-Authenticate")).isEqualTo(wrong.header("WWW-Authenticate"));
  }

  @Test
  void givesTheContractATokenThatLastsAndCanBeEnded() {
    Person person = SITE.person("Ida");
    Answer login =
        ANYONE.post("/login", Map.of("id", person.id().toString(), "password", TestSite.PASSWORD));
    TestClient ida = ANYONE.as(login.text("token"));
    JsonNode listed = ida.get(SESSIONS).json().path("items").path(0);
    assertThat(listed.path("kind").asString()).isEqualTo("course");
    assertThat(ida.delete(SESSIONS + "/current").status()).isEqualTo(204);
    assertThat(me(ida)).isEqualTo(401);
  }
}
