package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Journeys through {@code /api/v1} on a real database, with the fan-out at work. */
class ApiTest {
  private static final String API = "/api/v1";
  @AutoClose private static final TestSite SITE = TestSite.open();
  private static final TestClient ANYONE = SITE.anyone();

  private static String publish(Person author, String text) {
    Answer answer = SITE.as(author).post(API + "/posts", Map.of("text", text));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("id");
  }

  private static List<String> texts(JsonNode page) {
    List<String> texts = new ArrayList<>();
    page.path("items").forEach(item -> texts.add(item.path("text").asString()));
    return texts;
  }

  private static List<String> feed(Person reader) {
    return texts(SITE.as(reader).get(API + "/feed").json());
  }

  @Test
  void leadsFromRegistrationToAFeedThatShowsAFolloweesPost() {
    Answer registered =
        ANYONE.post(
            API + "/accounts",
            Map.of(
                "handle",
                "ada_l",
                "password",
                "analytical engine",
                "firstName",
                "Ada",
                "birthdate",
                "1985-12-10"));
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    assertThat(registered.header("Location")).isEqualTo(API + "/accounts/" + registered.text("id"));
    assertThat(ANYONE.get(registered.header("Location")).text("birthdate")).isEqualTo("1985-12-10");

    Answer session =
        ANYONE.post(API + "/sessions", Map.of("handle", "Ada_L", "password", "analytical engine"));
    assertThat(session.status()).as(session.body()).isEqualTo(201);
    assertThat(session.json().path("expiresIn").asInt()).isEqualTo(900);
    TestClient ada = ANYONE.with("X-Auth", session.text("token"));
    assertThat(ada.get(API + "/accounts/me").text("handle")).isEqualTo("ada_l");

    Person bob = SITE.person("Bob");
    assertThat(ada.put(API + "/accounts/me/follows/" + bob.id()).status()).isEqualTo(204);
    assertThat(ada.get(API + "/feed").json().path("items").isEmpty()).isTrue();
    publish(bob, "hello, Ada");
    await()
        .untilAsserted(
            () -> assertThat(texts(ada.get("/feed").json())).containsExactly("hello, Ada"));
    assertThat(texts(SITE.as(bob).get(API + "/accounts/me/posts").json()))
        .containsExactly("hello, Ada");
    assertThat(feed(bob)).isEmpty();
  }

  @Test
  void walksAFeedByCursorWithoutGapOrRepetition() {
    Person reader = SITE.person("Reader");
    Person author = SITE.person("Author");
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 25; i++) {
      SITE.site().posts().publish(author.id(), "post " + i, java.util.Optional.empty());
      expected.addFirst("post " + i);
    }
    SITE.as(reader).put(API + "/accounts/me/follows/" + author.id());
    List<String> walked = new ArrayList<>();
    String next = API + "/feed?limit=10";
    List<Integer> sizes = new ArrayList<>();
    while (!next.isEmpty()) {
      Answer answer = SITE.as(reader).get(next);
      sizes.add(answer.json().path("items").size());
      walked.addAll(texts(answer.json()));
      String link = answer.header("Link");
      assertThat(link.contains(answer.text("nextCursor"))).isTrue();
      next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    assertThat(sizes).containsExactly(10, 10, 5);
    assertThat(walked).isEqualTo(expected);
  }

  @Test
  void refusesMadeUpAndForeignCursors() {
    Person reader = SITE.person("Reader");
    for (String cursor :
        List.of("x", "AAAAAAAAAAAAAAAAAA", "%00", Cursors.encode("followers", 5), "")) {
      Answer answer = SITE.as(reader).get(API + "/feed?cursor=" + cursor);
      assertThat(answer.status()).as(cursor).isEqualTo(400);
      assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo("cursor");
    }
  }

  @Test
  void saysNotModifiedUntilTheFeedChanges() {
    Person reader = SITE.person("Reader");
    Person author = SITE.person("Author");
    SITE.as(reader).put(API + "/accounts/me/follows/" + author.id());
    String id = publish(author, "first");
    await().untilAsserted(() -> assertThat(feed(reader)).containsExactly("first"));
    String etag = SITE.as(reader).get(API + "/feed").header("ETag");
    Answer unchanged =
        SITE.as(reader).with("If-None-Match", "\"other\", W/" + etag).get(API + "/feed");
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
    assertThat(unchanged.header("ETag")).isEqualTo(etag);
    SITE.as(author).put(API + "/posts/" + id, Map.of("text", "edited"));
    Answer changed = SITE.as(reader).with("If-None-Match", etag).get(API + "/feed");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(texts(changed.json())).containsExactly("edited");
    assertThat(changed.json().path("items").path(0).path("version").asInt()).isEqualTo(2);
  }

  @Test
  void answersARepeatedCreationWithTheFirstPost() {
    Person author = SITE.person("Author");
    TestClient client = SITE.as(author).with("Idempotency-Key", "key-1");
    Answer first = client.post(API + "/posts", Map.of("text", "once"));
    Answer second = client.post("/feed", Map.of("text", "once"));
    assertThat(List.of(first.status(), second.status())).containsExactly(201, 201);
    assertThat(second.text("id")).isEqualTo(first.text("id"));
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    Answer other = client.post(API + "/posts", Map.of("text", "something else"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(SITE.as(author).get(API + "/accounts/me/posts").json().path("items").size())
        .isEqualTo(1);
    for (String key : List.of("x".repeat(129), "a b")) {
      assertThat(
              SITE.as(author)
                  .with("Idempotency-Key", key)
                  .post(API + "/posts", Map.of("text", "t"))
                  .status())
          .as(key)
          .isEqualTo(400);
    }
  }

  @Test
  void editsAndDeletesOnlyOnesOwnPosts() {
    Person author = SITE.person("Author");
    Person stranger = SITE.person("Stranger");
    String path = API + "/posts/" + publish(author, "mine");
    assertThat(SITE.as(stranger).put(path, Map.of("text", "yours")).status()).isEqualTo(404);
    assertThat(SITE.as(stranger).delete(path).status()).isEqualTo(404);
    assertThat(ANYONE.delete(path).status()).isEqualTo(401);
    assertThat(ANYONE.get(path).text("text")).isEqualTo("mine");
    assertThat(SITE.as(author).delete(path).status()).isEqualTo(204);
    assertThat(ANYONE.get(path).status()).isEqualTo(404);
    assertThat(SITE.as(author).delete(path).status()).isEqualTo(404);
  }

  @Test
  void refusesTextsThatAreEmptyOrTooLong() {
    Person author = SITE.person("Author");
    for (String text : List.of("", "  \n ", "x".repeat(1_001))) {
      Answer answer = SITE.as(author).post(API + "/posts", Map.of("text", text));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo("text");
    }
    assertThat(
            SITE.as(author)
                .post(API + "/posts", Map.of("text", "\uD83D\uDE00".repeat(1_000)))
                .status())
        .isEqualTo(201);
  }

  @Test
  void hidesMutedAuthorsAtOnce() {
    Person reader = SITE.person("Reader");
    Person author = SITE.person("Author");
    publish(author, "now you see me");
    SITE.as(reader).put(API + "/accounts/me/follows/" + author.id());
    assertThat(feed(reader)).hasSize(1);

    assertThat(SITE.as(reader).put(API + "/accounts/me/mutes/" + author.id()).status())
        .isEqualTo(204);
    assertThat(feed(reader)).isEmpty();
    JsonNode mutes = SITE.as(reader).get(API + "/accounts/me/mutes").json().path("items");
    assertThat(mutes.path(0).path("account").path("id").asString())
        .isEqualTo(author.id().toString());
    assertThat(SITE.as(reader).delete(API + "/accounts/me/mutes/" + author.id()).status())
        .isEqualTo(204);
    assertThat(feed(reader)).hasSize(1);
    String until = Instant.now().minusSeconds(60).toString();
    SITE.as(reader).put(API + "/accounts/me/mutes/" + author.id(), Map.of("until", until));
    assertThat(feed(reader)).hasSize(1);
  }

  @Test
  void hidesFromRestrictedViewersAtOnce() {
    Person reader = SITE.person("Reader");
    Person author = SITE.person("Author");
    String id = publish(author, "now you see me");
    SITE.as(reader).put(API + "/accounts/me/follows/" + author.id());
    assertThat(feed(reader)).hasSize(1);
    assertThat(SITE.as(author).put(API + "/accounts/me/restrictions/" + reader.id()).status())
        .isEqualTo(204);
    assertThat(feed(reader)).isEmpty();
    assertThat(SITE.as(reader).get(API + "/posts/" + id).status()).isEqualTo(404);
    assertThat(
            SITE.as(reader)
                .get(API + "/accounts/" + author.id() + "/posts")
                .json()
                .path("items")
                .isEmpty())
        .isTrue();
    String end = "2100-01-01T00:00:00Z";
    SITE.as(author).put(API + "/accounts/me/restrictions/" + reader.id(), Map.of("until", end));
    JsonNode restrictions =
        SITE.as(author).get(API + "/accounts/me/restrictions").json().path("items");
    assertThat(restrictions.size()).isEqualTo(1);
    assertThat(restrictions.path(0).path("account").path("id").asString())
        .isEqualTo(reader.id().toString());
    assertThat(restrictions.path(0).path("until").asString()).isEqualTo(end);
    assertThat(feed(reader)).isEmpty();
    SITE.as(author).delete(API + "/accounts/me/restrictions/" + reader.id());
    assertThat(feed(reader)).hasSize(1);
  }

  @Test
  void listsAndCountsFollowers() {
    Person star = SITE.person("Star");
    List<Person> fans = List.of(SITE.person("Fan"), SITE.person("Fan"), SITE.person("Fan"));
    for (Person fan : fans) {
      SITE.as(fan).put(API + "/accounts/me/follows/" + star.id());
      SITE.as(fan).put(API + "/accounts/me/follows/" + star.id());
    }
    String path = API + "/accounts/" + star.id();
    assertThat(ANYONE.get(path).json().path("counts").path("followers").asInt()).isEqualTo(3);
    Answer first = ANYONE.get(path + "/followers?limit=2");
    assertThat(first.json().path("items").size()).isEqualTo(2);
    Answer second = ANYONE.get(path + "/followers?limit=2&cursor=" + first.text("nextCursor"));
    assertThat(second.json().path("items").size()).isEqualTo(1);
    assertThat(second.text("nextCursor")).isEmpty();
    assertThat(
            SITE.as(fans.getFirst())
                .get(API + "/accounts/me/followees")
                .json()
                .path("items")
                .size())
        .isEqualTo(1);
    assertThat(SITE.as(fans.getFirst()).delete(API + "/accounts/me/follows/" + star.id()).status())
        .isEqualTo(204);
    assertThat(SITE.as(fans.getFirst()).delete(API + "/accounts/me/follows/" + star.id()).status())
        .isEqualTo(204);
    assertThat(ANYONE.get(path).json().path("counts").path("followers").asInt()).isEqualTo(2);
  }

  @Test
  void refusesEdgesToOneselfAndToNobody() {
    Person person = SITE.person("Person");
    for (String list : List.of("follows", "mutes", "restrictions")) {
      String path = API + "/accounts/me/" + list + "/";
      assertThat(SITE.as(person).put(path + person.id()).status()).as(list).isEqualTo(400);
      assertThat(SITE.as(person).put(path + "12345").status()).as(list).isEqualTo(404);
      assertThat(SITE.as(person).put(path + "abc").status()).as(list).isEqualTo(400);
    }
  }

  @Test
  void servesItsDescriptionAndDocsFromItsOwnJar() {
    Answer docs = ANYONE.get("/docs");
    assertThat(docs.header("Content-Security-Policy")).contains("script-src 'self'");
    assertThat(docs.body()).doesNotContain("http://").doesNotContain("https://");
    java.util.regex.Pattern.compile("(?:src|href)=\"(/[^\"]+)\"")
        .matcher(docs.body())
        .results()
        .forEach(link ->
            assertThat(ANYONE.get(link.group(1)).status()).as(link.group(1)).isEqualTo(200));
    assertThat(ANYONE.get("/openapi.yaml").body()).startsWith("openapi: 3.1");
  }

  @Test
  void tellsItsHealthAndMetrics() {
    assertThat(ANYONE.get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(ANYONE.get("/health/ready").status()).isEqualTo(200);
    assertThat(ANYONE.get("/metrics").body()).contains("up 1");
    assertThat(ANYONE.get("/metrics").header("Content-Type"))
        .startsWith("text/plain; version=0.0.4");
  }
}
