package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.testkit.RawWebSocket;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Notifications through {@code /api/v1} and live, with all workers at work. */
class NotificationsApiTest {
  private static final String API = "/api/v1";
  private static final String PATH = API + "/notifications";
  @AutoClose private static final TestSite SITE = TestSite.open();
  private static final TestClient ANYONE = SITE.anyone();

  private static void follow(Person follower, Person followee) {
    String path = API + "/accounts/me/follows/" + followee.id();
    assertThat(SITE.as(follower).put(path).status()).isEqualTo(204);
  }

  private static int unread(Person person) {
    return SITE.as(person).get(PATH + "/unread").json().path("unread").asInt(-1);
  }

  private static JsonNode items(Person person) {
    return SITE.as(person).get(PATH).json().path("items");
  }

  @Test
  void tellsOfAFollowUntilItIsTakenBack() {
    Person ada = SITE.person("Ada");
    Person bob = SITE.person("Bob");
    assertThat(unread(ada)).isZero();
    follow(bob, ada);
    await().untilAsserted(() -> assertThat(unread(ada)).isEqualTo(1));
    JsonNode item = items(ada).path(0);
    assertThat(item.path("kind").asString()).isEqualTo("follow");
    assertThat(item.path("count").asInt()).isEqualTo(1);
    assertThat(item.path("read").asBoolean(true)).isFalse();
    assertThat(item.has("post")).isFalse();
    assertThat(item.at("/actors/0/id").asString()).isEqualTo(bob.id().toString());
    assertThat(item.at("/actors/0/name").asString()).isEqualTo("Bob Tester");
    SITE.as(bob).delete(API + "/accounts/me/follows/" + ada.id());
    await().untilAsserted(() -> assertThat(items(ada)).isEmpty());
    assertThat(unread(ada)).isZero();
  }

  @Test
  void tellsOfAMentionAndWhereItIs() {
    Person ada = SITE.person("Ada");
    Person bob = SITE.person("Bob");
    String handle = SITE.as(ada).get(API + "/accounts/me").text("handle");
    Answer post = SITE.as(bob).post(API + "/posts", Map.of("text", "hello @" + handle));
    await().untilAsserted(() -> assertThat(unread(ada)).isEqualTo(1));
    JsonNode item = items(ada).path(0);
    assertThat(item.path("kind").asString()).isEqualTo("mention");
    assertThat(item.path("post").asString()).isEqualTo(post.text("id"));
    assertThat(item.has("comment")).isFalse();
    SITE.as(bob).put(API + "/posts/" + post.text("id"), Map.of("text", "hello all"));
    await().untilAsserted(() -> assertThat(items(ada)).isEmpty());
  }

  @Test
  void marksAsRead() {
    Person ada = SITE.person("Ada");
    follow(SITE.person("Bob"), ada);
    await().untilAsserted(() -> assertThat(unread(ada)).isEqualTo(1));
    String id = items(ada).path(0).path("id").asString();
    Answer answer = SITE.as(ada).put(PATH + "/read", Map.of("upTo", id));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("unread").asInt(-1)).isZero();
    assertThat(items(ada).path(0).path("read").asBoolean(false)).isTrue();
    for (Object body :
        List.of(Map.of("upTo", "x"), Map.of("upTo", ""), Map.of(), Map.of("upTo", 5))) {
      assertThat(SITE.as(ada).put(PATH + "/read", body).status()).as("%s", body).isEqualTo(400);
    }
  }

  @Test
  void walksByCursor() {
    Person ada = SITE.person("Ada");
    for (int i = 1; i <= 5; i++) {
      // As if each had come on a day of its own.
      SITE.database()
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  "INSERT INTO notification (recipient_id, kind, subject_id, actor_id, deed_id)"
                      + " SELECT ?, 'follow', 1 + count(*), ?, 5 FROM notification WHERE recipient_id = ?",
                  ada.id().value(),
                  SITE.person("Follower").id().value(),
                  ada.id().value()));
    }
    await().untilAsserted(() -> assertThat(unread(ada)).isEqualTo(5));
    Set<String> walked = new HashSet<>();
    String next = PATH + "?limit=2";
    while (!next.isEmpty()) {
      Answer answer = SITE.as(ada).get(next);
      answer.json().path("items").forEach(item -> walked.add(item.path("id").asString()));
      String link = answer.header("Link");
      next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    assertThat(walked).hasSize(5);
    assertThat(SITE.as(ada).get(PATH + "?cursor=" + Cursors.encode("feed", 5)).status())
        .isEqualTo(400);
  }

  @Test
  void heedsWhatIsWanted() {
    Person ada = SITE.person("Ada");
    Person bob = SITE.person("Bob");
    Person cid = SITE.person("Cid");
    JsonNode all = SITE.as(ada).get(PATH + "/preferences").json();
    assertThat(all.path("follow").asBoolean(false)).isTrue();
    assertThat(all.path("onlyFollowed").asBoolean(true)).isFalse();
    Answer answer =
        SITE.as(ada).put(PATH + "/preferences", Map.of("like", false, "onlyFollowed", true));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("like").asBoolean(true)).isFalse();
    assertThat(SITE.as(ada).get(PATH + "/preferences").body()).isEqualTo(answer.body());
    follow(ada, bob);
    follow(cid, ada);
    follow(bob, ada);
    await().untilAsserted(() -> assertThat(unread(ada)).isEqualTo(1));
    assertThat(items(ada).path(0).path("actors").size()).isEqualTo(1);
    assertThat(SITE.as(ada).put(PATH + "/preferences", Map.of("like", "no")).status())
        .isEqualTo(400);
    assertThat(SITE.as(ada).put(PATH + "/preferences", Map.of("likes", false)).status())
        .isEqualTo(400);
  }

  @Test
  void asksForAToken() {
    for (String path : List.of("", "/unread", "/preferences")) {
      assertThat(ANYONE.get(PATH + path).status()).isEqualTo(401);
    }
    assertThat(ANYONE.put(PATH + "/read", Map.of("upTo", "1")).status()).isEqualTo(401);
    assertThat(ANYONE.put(PATH + "/preferences", Map.of()).status()).isEqualTo(401);
    TestClient ghost =
        ANYONE.as(SITE.site().signIns().tokens().issue(new io.freshet.account.AccountId(77)));
    assertThat(ghost.get(PATH).status()).isEqualTo(401);
  }

  @Test
  void tellsOfAShareUntilItIsTakenBack() {
    Person ada = SITE.person("Ada");
    Person bob = SITE.person("Bob");
    String post = SITE.as(ada).post(API + "/posts", Map.of("text", "to be shared")).text("id");
    assertThat(SITE.as(bob).put(API + "/posts/" + post + "/share").status()).isEqualTo(201);
    await().untilAsserted(() -> assertThat(unread(ada)).isEqualTo(1));
    JsonNode item = items(ada).path(0);
    assertThat(item.path("kind").asString()).isEqualTo("share");
    assertThat(item.path("post").asString()).isEqualTo(post);
    SITE.as(bob).delete(API + "/posts/" + post + "/share");
    await().untilAsserted(() -> assertThat(items(ada)).isEmpty());
  }

  @Test
  void tellsLiveWhatIsNewAndWhatWasReadElsewhere() {
    Person ada = SITE.person("Ada");
    String token = SITE.as(ada).post(API + "/live/tokens", Map.of()).text("token");
    try (RawWebSocket socket = RawWebSocket.open(SITE.port(), "/connection/websocket")) {
      socket.text("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}");
      assertThat(socket.next().text()).contains("personal:#" + ada.id());
      follow(SITE.person("Bob"), ada);
      String news = next(socket);
      assertThat(news).contains("\"unread\":1", "\"kind\":\"follow\"");
      String id = items(ada).path(0).path("id").asString();
      assertThat(news).contains("\"id\":\"" + id + "\"").doesNotContain("Bob");
      SITE.as(ada).put(PATH + "/read", Map.of("upTo", id));
      assertThat(next(socket)).contains("\"unread\":0").doesNotContain("kind");
      Person cid = SITE.person("Cid");
      follow(cid, ada);
      assertThat(next(socket)).contains("\"unread\":1");
      SITE.as(ada).put(API + "/accounts/me/mutes/" + cid.id());
      assertThat(next(socket)).contains("\"unread\":0");
    }
  }

  private static String next(RawWebSocket socket) {
    String text = socket.next().text();
    while (!text.contains("\"event\":\"notification\"")) {
      text = socket.next().text();
    }
    return text;
  }
}
