package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.Access;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** People: registration, sessions, tokens, profiles and search. */
class AccountsApiTest {
  private static final String API = "/api/v1";
  @AutoClose private static final TestSite SITE = TestSite.open();
  private static final TestClient ANYONE = SITE.anyone();

  private static String publish(Person author, String text) {
    Answer answer = SITE.as(author).post(API + "/posts", Map.of("text", text));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("id");
  }

  @Test
  void answersTheSameToAWrongPasswordAndAnUnknownHandle() {
    String handle = ANYONE.get(API + "/accounts/" + SITE.person("Eve").id()).text("handle");
    Answer wrong =
        ANYONE.post(API + "/sessions", Map.of("handle", handle, "password", "not this one"));
    Answer unknown =
        ANYONE.post(API + "/sessions", Map.of("handle", "nobody_here", "password", "not this one"));
    assertThat(List.of(wrong.status(), unknown.status())).containsExactly(401, 401);
    assertThat(wrong.text("detail")).isEqualTo(unknown.text("detail"));
    assertThat(wrong.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void refusesAHandleThatIsTaken() {
    Map<String, String> body =
        Map.of("handle", "taken_one", "password", "analytical engine", "firstName", "T");
    assertThat(ANYONE.post(API + "/accounts", body).status()).isEqualTo(201);
    Answer again = ANYONE.post(API + "/accounts", body);
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
    Answer answer = ANYONE.post(API + "/accounts", body);
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
        authorization.isEmpty() ? ANYONE : ANYONE.with("Authorization", authorization);
    Answer answer = client.get(API + "/feed");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer realm=");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void refusesAnExpiredToken() {
    String expired =
        SITE.site()
            .signIns()
            .tokens()
            .issue(Access.of(SITE.person("Old").id()), Duration.ofSeconds(-1));
    Answer answer = ANYONE.as(expired).get(API + "/accounts/me");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
  }

  @Test
  void refusesATokenOfNobody() {
    TestClient ghost =
        ANYONE.as(SITE.site().signIns().tokens().issue(new io.freshet.account.AccountId(77)));
    assertThat(ghost.get(API + "/accounts/me").status()).isEqualTo(401);
    assertThat(ghost.get(API + "/feed").status()).isEqualTo(401);
    assertThat(ghost.post(API + "/posts", Map.of("text", "boo")).status()).isEqualTo(401);
    assertThat(ghost.put(API + "/accounts/me", Map.of("firstName", "Boo")).status()).isEqualTo(401);
  }

  @Test
  void findsPeopleByTheBeginningOfAName() {
    Person zelda = SITE.person("Zelda");
    SITE.person("Zelig");
    assertThat(ANYONE.get(API + "/accounts?prefix=zel").json().path("items").size()).isEqualTo(2);
    Answer page = ANYONE.get(API + "/accounts?prefix=Zel&limit=1");
    assertThat(page.header("Link")).contains("prefix=Zel", "limit=1");
    String rest = page.header("Link").substring(1, page.header("Link").indexOf('>'));
    assertThat(ANYONE.get(rest).json().path("items").path(0).path("id").asString())
        .isEqualTo(zelda.id().toString());
    String handle = ANYONE.get(API + "/accounts/" + zelda.id()).text("handle");
    assertThat(ANYONE.get(API + "/accounts?handle=" + handle).json().path("items").size())
        .isEqualTo(1);
    assertThat(ANYONE.get(API + "/accounts?handle=nobody").json().path("items").isEmpty()).isTrue();
    for (String query :
        List.of(
            "", "?prefix=", "?prefix=a&handle=b", "?prefix=%00", "?prefix=" + "x".repeat(201))) {
      assertThat(ANYONE.get(API + "/accounts" + query).status()).as(query).isEqualTo(400);
    }
    assertThat(ANYONE.get(API + "/accounts?prefix=%25").json().path("items").isEmpty()).isTrue();
  }

  @Test
  void changesTheProfile() {
    Person person = SITE.person("Before");
    Answer changed =
        SITE.as(person).put(API + "/accounts/me", Map.of("firstName", "After", "city", "Riga"));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(ANYONE.get(API + "/accounts/" + person.id()).text("firstName")).isEqualTo("After");
    publish(person, "with my new name");
    SITE.as(person).put(API + "/accounts/me", Map.of("firstName", "Newer"));
    JsonNode post = SITE.as(person).get(API + "/accounts/me/posts").json().path("items").path(0);
    assertThat(post.path("author").path("name").asString()).isEqualTo("Newer");
  }

  /** The account of {@code whom} in every answer that shows accounts, as the asker sees it. */
  private static List<JsonNode> shown(TestClient asker, Person whom, Person friend, String post) {
    JsonNode alone = asker.get(API + "/accounts/" + whom.id()).json();
    List<JsonNode> seen = new ArrayList<>(List.of(alone));
    for (String list :
        List.of(
            "/accounts?handle=" + alone.path("handle").asString(),
            "/accounts?prefix=Watson",
            "/accounts/" + friend.id() + "/followers",
            "/accounts/" + friend.id() + "/followees",
            "/posts/" + post + "/likes",
            "/posts/" + post + "/shares")) {
      seen.add(asker.get(API + list).json().at("/items/0"));
    }
    seen.add(asker.get(API + "/search?kind=people&q=Watson").json().at("/items/0/person"));
    assertThat(seen).allSatisfy(it -> assertThat(it.path("id")).isEqualTo(alone.path("id")));
    return seen;
  }

  @Test
  void saysWhatTheCallerHasToDoWithSomebody() {
    Person whom = SITE.person("Watson");
    Person asker = SITE.person("Sherlock");
    String post = publish(asker, "Elementary");
    for (String deed : List.of("/posts/" + post + "/like", "/posts/" + post + "/share")) {
      SITE.as(whom).put(API + deed);
    }
    Person friend = SITE.person("Lestrade");
    SITE.site().follows().follow(whom.id(), friend.id());
    SITE.site().follows().follow(friend.id(), whom.id());
    assertThat(shown(ANYONE, whom, friend, post)).allMatch(it -> it.path("viewer").isMissingNode());
    assertThat(shown(SITE.as(whom), whom, friend, post))
        .allMatch(it -> it.path("viewer").isMissingNode());
    TestClient client = SITE.as(asker);
    String stranger = "{\"following\":false,\"muted\":false}";
    String muted = "{\"following\":true,\"muted\":true}";
    assertThat(shown(client, whom, friend, post)).allMatch(it -> relation(it).equals(stranger));
    client.put(API + "/accounts/me/follows/" + whom.id());
    client.put(API + "/accounts/me/mutes/" + whom.id());
    assertThat(shown(client, whom, friend, post)).allMatch(it -> relation(it).equals(muted));
    client.delete(API + "/accounts/me/follows/" + whom.id());
    client.delete(API + "/accounts/me/mutes/" + whom.id());
    assertThat(shown(client, whom, friend, post)).allMatch(it -> relation(it).equals(stranger));
  }

  private static String relation(JsonNode account) {
    return account.path("viewer").toString();
  }
}
