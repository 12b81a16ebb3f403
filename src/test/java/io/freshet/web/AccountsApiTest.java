package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.Access;
import io.freshet.platform.Database;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** People: registration, sessions, tokens, profiles and search. */
class AccountsApiTest {
  private static final String API = "/api/v1";
  private static Database database;
  private static TestSite site;
  private static TestClient anyone;

  @BeforeAll
  static void start() {
    database = TestDatabase.open();
    site = TestSite.on(database);
    anyone = TestClient.to(site.port());
  }

  @AfterAll
  static void stop() {
    site.close();
    database.close();
  }

  private static TestClient as(Person person) {
    return anyone.as(person.token());
  }

  private static String publish(Person author, String text) {
    Answer answer = as(author).post(API + "/posts", Map.of("text", text));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("id");
  }

  @Test
  void answersTheSameToAWrongPasswordAndAnUnknownHandle() {
    String handle = anyone.get(API + "/accounts/" + site.person("Eve").id()).text("handle");
    Answer wrong =
        anyone.post(API + "/sessions", Map.of("handle", handle, "password", "not this one"));
    Answer unknown =
        anyone.post(API + "/sessions", Map.of("handle", "nobody_here", "password", "not this one"));
    assertThat(List.of(wrong.status(), unknown.status())).containsExactly(401, 401);
    assertThat(wrong.text("detail")).isEqualTo(unknown.text("detail"));
    assertThat(wrong.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void refusesAHandleThatIsTaken() {
    Map<String, String> body =
        Map.of("handle", "taken_one", "password", "analytical engine", "firstName", "T");
    assertThat(anyone.post(API + "/accounts", body).status()).isEqualTo(201);
    Answer again = anyone.post(API + "/accounts", body);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("errors").path(0).path("field").asString()).isEqualTo("handle");
  }

  @ParameterizedTest
  @CsvSource({
    "handle,no spaces", "handle,ab", "password,short", "password,password123", "firstName,' '",
    "birthdate,yesterday", "birthdate,2999-01-01", "birthdate,2001-02-30", "id,1",
        "role,administrator"
  })
  void refusesRegistrationsThatCannotBe(String field, String value) {
    Map<String, String> body =
        new TreeMap<>(Map.of("password", "analytical engine", "firstName", "T"));
    body.put(field, value);
    Answer answer = anyone.post(API + "/accounts", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer nonsense",
        "Basic YTpi",
        "Bearer eyJhbGciOiJub25lIn0.e30."
      })
  void asksForAValidToken(String authorization) {
    TestClient client =
        authorization.isEmpty() ? anyone : anyone.with("Authorization", authorization);
    Answer answer = client.get(API + "/feed");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer realm=");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void refusesAnExpiredToken() {
    String expired =
        site.site()
            .signIns()
            .tokens()
            .issue(Access.of(site.person("Old").id()), Duration.ofSeconds(-1));
    Answer answer = anyone.as(expired).get(API + "/accounts/me");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
  }

  @Test
  void refusesATokenOfNobody() {
    TestClient ghost =
        anyone.as(site.site().signIns().tokens().issue(new io.freshet.account.AccountId(77)));
    assertThat(ghost.get(API + "/accounts/me").status()).isEqualTo(401);
    assertThat(ghost.get(API + "/feed").status()).isEqualTo(401);
    assertThat(ghost.post(API + "/posts", Map.of("text", "boo")).status()).isEqualTo(401);
    assertThat(ghost.put(API + "/accounts/me", Map.of("firstName", "Boo")).status()).isEqualTo(401);
  }

  @Test
  void findsPeopleByTheBeginningOfAName() {
    Person zelda = site.person("Zelda");
    site.person("Zelig");
    assertThat(anyone.get(API + "/accounts?prefix=zel").json().path("items").size()).isEqualTo(2);
    Answer page = anyone.get(API + "/accounts?prefix=Zel&limit=1");
    assertThat(page.header("Link")).contains("prefix=Zel", "limit=1");
    String rest = page.header("Link").substring(1, page.header("Link").indexOf('>'));
    assertThat(anyone.get(rest).json().path("items").path(0).path("id").asString())
        .isEqualTo(zelda.id().toString());
    String handle = anyone.get(API + "/accounts/" + zelda.id()).text("handle");
    assertThat(anyone.get(API + "/accounts?handle=" + handle).json().path("items").size())
        .isEqualTo(1);
    assertThat(anyone.get(API + "/accounts?handle=nobody").json().path("items").isEmpty()).isTrue();
    for (String query :
        List.of(
            "", "?prefix=", "?prefix=a&handle=b", "?prefix=%00", "?prefix=" + "x".repeat(201))) {
      assertThat(anyone.get(API + "/accounts" + query).status()).as(query).isEqualTo(400);
    }
    assertThat(anyone.get(API + "/accounts?prefix=%25").json().path("items").isEmpty()).isTrue();
  }

  @Test
  void changesTheProfile() {
    Person person = site.person("Before");
    Answer changed =
        as(person).put(API + "/accounts/me", Map.of("firstName", "After", "city", "Riga"));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(anyone.get(API + "/accounts/" + person.id()).text("firstName")).isEqualTo("After");
    publish(person, "with my new name");
    as(person).put(API + "/accounts/me", Map.of("firstName", "Newer"));
    JsonNode post = as(person).get(API + "/accounts/me/posts").json().path("items").path(0);
    assertThat(post.path("author").path("name").asString()).isEqualTo("Newer");
  }
}
