package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.Json;
import io.freshet.testkit.RawWebSocket;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Questions, answers and votes over HTTP, with the workers at work. */
class QuestionsApiTest {
  private static final String QUESTIONS = "/api/v1/questions";
  private static final String ANSWERS = "/api/v1/answers/";

  @AutoClose private static final TestSite SITE = TestSite.open();
  private static final TestClient ANYONE = SITE.anyone();
  private Person ann;
  private Person bob;

  @BeforeEach
  void meet() {
    ann = SITE.person("Ann");
    bob = SITE.person("Bob");
  }

  private static String ask(Person author, String title, String... tags) {
    Answer answer =
        SITE.as(author)
            .post(QUESTIONS, Map.of("title", title, "body", "Tell *me*.", "tags", List.of(tags)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().path("id").asString();
  }

  private static String answer(Person author, String question, String body) {
    Answer answer =
        SITE.as(author).post(QUESTIONS + "/" + question + "/answers", Map.of("body", body));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().path("id").asString();
  }

  private static JsonNode show(Person viewer, String question) {
    Answer answer = SITE.as(viewer).get(QUESTIONS + "/" + question);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static void vote(Person voter, String path, int value) {
    Answer answer = SITE.as(voter).put(path + "/vote", Map.of("value", value));
    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
  }

  private static void awaitNumbers(String question, int score, int answers) {
    await()
        .untilAsserted(() -> {
          JsonNode shown = ANYONE.get(QUESTIONS + "/" + question).json();
          assertThat(shown.path("score").asInt()).isEqualTo(score);
          assertThat(shown.path("answers").asInt()).isEqualTo(answers);
        });
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("items").forEach(item -> ids.add(item.path("id").asString()));
    return ids;
  }

  private static List<String> walk(String address) {
    List<String> ids = new ArrayList<>();
    String next = address;
    while (!next.isEmpty()) {
      Answer answer = ANYONE.get(next);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      ids.addAll(ids(answer.json()));
      String link = answer.header("Link");
      next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    return ids;
  }

  @Test
  void asksEditsAndDeletes() {
    String id = ask(ann, "  Why is the sky blue?  ", "Physics", "c++", "physics");
    JsonNode asked = show(ann, id);
    assertThat(asked.path("title").asString()).isEqualTo("Why is the sky blue?");
    assertThat(asked.at("/body/html").asString().strip()).isEqualTo("<p>Tell <em>me</em>.</p>");
    assertThat(asked.path("tags").toString()).isEqualTo("[\"physics\",\"c++\"]");
    assertThat(asked.path("version").asInt()).isEqualTo(1);
    Map<String, Object> change = Map.of("title", "Why is it blue?", "body", "The sky.");
    assertThat(SITE.as(bob).put(QUESTIONS + "/" + id, change).status()).isEqualTo(404);
    JsonNode edited = SITE.as(ann).put(QUESTIONS + "/" + id, change).json();
    assertThat(edited.path("version").asInt()).isEqualTo(2);
    assertThat(edited.has("editedAt")).isTrue();
    assertThat(edited.path("tags").size()).isZero();
    answer(bob, id, "Because.");
    assertThat(SITE.as(bob).delete(QUESTIONS + "/" + id).status()).isEqualTo(404);
    assertThat(SITE.as(ann).delete(QUESTIONS + "/" + id).status()).isEqualTo(204);
    assertThat(ANYONE.get(QUESTIONS + "/" + id).status()).isEqualTo(404);
    assertThat(ANYONE.get(QUESTIONS + "/" + id + "/answers").status()).isEqualTo(404);
    assertThat(walk(QUESTIONS)).doesNotContain(id);
    assertThat(tag("physics") + tag("c++")).isZero();
  }

  private static int tag(String name) {
    return SITE.database()
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("SELECT questions FROM tag WHERE name = ?")
                .bind(0, name)
                .mapTo(Integer.class)
                .one());
  }

  @Test
  void refusesWhatIsNoQuestion() {
    for (Map<String, Object> draft :
        List.<Map<String, Object>>of(
            Map.of("title", "  ", "body", "b"),
            Map.of("title", "two\nlines", "body", "b"),
            Map.of("title", "x".repeat(151), "body", "b"),
            Map.of("title", "A title", "body", " \n "),
            Map.of("title", "A title", "body", "x".repeat(30_001)),
            Map.of("title", "A title", "body", "b", "tags", List.of("a", "b", "c", "d", "e", "f")),
            Map.of("title", "A title", "body", "b", "tags", List.of("two words")),
            Map.of("title", "A title", "body", "b", "tags", List.of("<b>")),
            Map.of("title", "A title", "body", "b", "tags", List.of("x".repeat(36))),
            Map.of("title", "A title", "body", "b", "score", 5))) {
      assertThat(SITE.as(ann).post(QUESTIONS, draft).status()).as("%s", draft).isEqualTo(400);
    }
    String id = ask(ann, "A real question");
    assertThat(SITE.as(bob).put(QUESTIONS + "/" + id + "/vote", Map.of("value", 2)).status())
        .isEqualTo(400);
    assertThat(SITE.as(bob).put(QUESTIONS + "/" + id + "/vote", Map.of("value", 0.5)).status())
        .isEqualTo(400);
    assertThat(ANYONE.get(QUESTIONS + "?page=0").status()).isEqualTo(400);
    assertThat(ANYONE.get(QUESTIONS + "?page=501").status()).isEqualTo(400);
    assertThat(ANYONE.get(QUESTIONS + "?page=1&limit=5").status()).isEqualTo(400);
    assertThat(ANYONE.get(QUESTIONS + "?sort=best").status()).isEqualTo(400);
    assertThat(ANYONE.get(QUESTIONS + "?sort=hot&tag=a").status()).isEqualTo(400);
  }

  @Test
  void theSameKeyAsksOnce() {
    Map<String, Object> draft = Map.of("title", "Asked once?", "body", "Only once.");
    TestClient keyed = SITE.as(ann).with("Idempotency-Key", "key-1");
    Answer first = keyed.post(QUESTIONS, draft);
    Answer second = keyed.post(QUESTIONS, draft);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(keyed.post(QUESTIONS, Map.of("title", "Another", "body", "b")).status())
        .isEqualTo(422);
    String id = first.json().path("id").asString();
    Map<String, Object> body = Map.of("body", "One answer");
    TestClient answering = SITE.as(bob).with("Idempotency-Key", "key-2");
    Answer one = answering.post(QUESTIONS + "/" + id + "/answers", body);
    Answer two = answering.post(QUESTIONS + "/" + id + "/answers", body);
    assertThat(two.json().path("id")).isEqualTo(one.json().path("id"));
    awaitNumbers(id, 0, 1);
  }

  @Test
  void aVoteIsOneAPersonAndMayChange() {
    String id = ask(ann, "Vote for this");
    String path = QUESTIONS + "/" + id;
    vote(bob, path, 1);
    vote(bob, path, 1);
    assertThat(show(bob, id).at("/viewer/vote").asInt()).isEqualTo(1);
    awaitNumbers(id, 1, 0);
    vote(bob, path, -1);
    awaitNumbers(id, -1, 0);
    assertThat(SITE.as(bob).delete(path + "/vote").status()).isEqualTo(204);
    assertThat(SITE.as(bob).delete(path + "/vote").status()).isEqualTo(204);
    awaitNumbers(id, 0, 0);
    assertThat(show(bob, id).at("/viewer/vote").asInt(9)).isZero();
    assertThat(SITE.as(ann).put(path + "/vote", Map.of("value", 1)).status()).isEqualTo(400);
    assertThat(ANYONE.put(path + "/vote", Map.of("value", 1)).status()).isEqualTo(401);
    assertThat(SITE.as(bob).put("/api/v1/posts/" + id + "/like").status()).isEqualTo(400);
  }

  @Test
  void answersAreInOrderOfAcceptanceVotesAndTime() {
    String id = ask(ann, "Which comes first?");
    String path = QUESTIONS + "/" + id + "/answers";
    String a = answer(bob, id, "a");
    String b = answer(bob, id, "b");
    String c = answer(ann, id, "c");
    String d = answer(bob, id, "d");
    assertThat(ids(ANYONE.get(path).json())).containsExactly(a, b, c, d);
    vote(ann, ANSWERS + b, 1);
    vote(ann, ANSWERS + a, -1);
    await().until(() -> ids(ANYONE.get(path).json()), List.of(b, c, d, a)::equals);
    assertThat(SITE.as(bob).put(ANSWERS + d + "/accepted").status()).isEqualTo(404);
    assertThat(SITE.as(ann).put(ANSWERS + d + "/accepted").status()).isEqualTo(204);
    assertThat(ids(ANYONE.get(path).json())).containsExactly(d, b, c, a);
    assertThat(show(bob, id).path("accepted").asString()).isEqualTo(d);
    assertThat(SITE.as(ann).put(ANSWERS + c + "/accepted").status()).isEqualTo(204);
    assertThat(walk(path + "?limit=1")).containsExactly(c, b, d, a);
    JsonNode numbered = ANYONE.get(path + "?page=1").json();
    assertThat(ids(numbered)).containsExactly(c, b, d, a);
    assertThat(numbered.path("total").asInt()).isEqualTo(4);
    assertThat(numbered.path("pages").asInt()).isEqualTo(1);
    assertThat(SITE.as(ann).delete(ANSWERS + c + "/accepted").status()).isEqualTo(204);
    assertThat(SITE.as(ann).delete(ANSWERS + b).status()).isEqualTo(404);
    assertThat(SITE.as(bob).delete(ANSWERS + b).status()).isEqualTo(204);
    assertThat(ids(ANYONE.get(path).json())).containsExactly(c, d, a);
    assertThat(ANYONE.get(ANSWERS + b).status()).isEqualTo(404);
    awaitNumbers(id, 0, 3);
    Answer edited = SITE.as(bob).put(ANSWERS + a, Map.of("body", "**better**"));
    assertThat(edited.json().at("/body/html").asString()).contains("<strong>better</strong>");
    assertThat(edited.json().path("version").asInt()).isEqualTo(2);
  }

  @Test
  void listsNewHotUnansweredAndTagged() {
    String old = ask(ann, "An old question", "rare");
    String middle = ask(ann, "One in the middle", "rare", "common");
    String fresh = ask(ann, "A fresh question", "common");
    assertThat(ids(ANYONE.get(QUESTIONS + "?limit=3").json())).containsExactly(fresh, middle, old);
    vote(bob, QUESTIONS + "/" + old, 1);
    answer(bob, old, "An answer makes it hot");
    awaitNumbers(old, 1, 1);
    List<String> hottest = ids(ANYONE.get(QUESTIONS + "?sort=hot&limit=100").json());
    hottest.retainAll(List.of(old, middle, fresh));
    assertThat(hottest).containsExactly(old, fresh, middle);
    assertThat(ids(ANYONE.get(QUESTIONS + "?sort=unanswered&limit=3").json()))
        .startsWith(fresh, middle)
        .doesNotContain(old);
    assertThat(walk(QUESTIONS + "?tag=Rare&limit=1")).containsExactly(middle, old);
    assertThat(ids(ANYONE.get(QUESTIONS + "?tag=common&page=1").json()))
        .containsExactly(fresh, middle);
    List<String> hot = walk(QUESTIONS + "?sort=hot&limit=2");
    assertThat(hot).doesNotHaveDuplicates().contains(old, middle, fresh);
    JsonNode listed = ANYONE.get(QUESTIONS + "?limit=1").json().path("items").get(0);
    assertThat(listed.path("excerpt").asString()).isEqualTo("Tell me.");
    assertThat(listed.has("body")).isFalse();
  }

  @Test
  void aPageByNumberGoesOnWhereTheOneBeforeEnded() {
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      asked.addFirst(ask(ann, "Question number " + i, "many"));
    }
    List<String> pages = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      JsonNode json = ANYONE.get(QUESTIONS + "?tag=many&page=" + page).json();
      assertThat(json.path("pages").asInt()).isEqualTo(3);
      assertThat(json.path("total").asInt()).isEqualTo(45);
      pages.addAll(ids(json));
    }
    assertThat(pages).isEqualTo(asked);
    assertThat(walk(QUESTIONS + "?tag=many&limit=7")).isEqualTo(asked);
    assertThat(ids(ANYONE.get(QUESTIONS + "?tag=many&page=4").json())).isEmpty();
  }

  @Test
  void aQuestionIsAnEntryOfItsFollowersFeeds() {
    SITE.site().follows().follow(bob.id(), ann.id());
    assertThat(ids(SITE.as(bob).get("/api/v1/feed").json())).isEmpty();
    String id = ask(ann, "Seen in the feed?", "feeds");
    await().until(() -> ids(SITE.as(bob).get("/api/v1/feed").json()), List.of(id)::equals);
    answer(bob, id, "Yes");
    awaitNumbers(id, 0, 1);
    JsonNode entry = SITE.as(bob).get("/api/v1/feed").json().path("items").get(0);
    assertThat(entry.path("text").asString()).isEqualTo("Seen in the feed?");
    assertThat(entry.path("isQuestion").asBoolean()).isTrue();
    assertThat(entry.path("tags").toString()).isEqualTo("[\"feeds\"]");
    assertThat(entry.path("question").toString())
        .isEqualTo("{\"score\":0,\"answers\":1,\"accepted\":false}");
    SITE.as(ann).put(QUESTIONS + "/" + id, Map.of("title", "Seen again?", "body", "b"));
    JsonNode edited = SITE.as(bob).get("/api/v1/feed").json().path("items").get(0);
    assertThat(edited.path("text").asString()).isEqualTo("Seen again?");
    assertThat(SITE.as(ann).put("/api/v1/posts/" + id, Map.of("text", "no")).status())
        .isEqualTo(400);
    assertThat(SITE.as(ann).delete("/api/v1/posts/" + id).status()).isEqualTo(400);
    assertThat(SITE.as(ann).delete(QUESTIONS + "/" + id).status()).isEqualTo(204);
    assertThat(ids(SITE.as(bob).get("/api/v1/feed").json())).isEmpty();
  }

  @Test
  void isHiddenFromWhomItsAuthorRestricts() {
    String id = ask(ann, "Not for Bob", "hidden");
    String own = ask(bob, "By Bob himself");
    String answer = answer(ann, own, "Not for Bob either");
    vote(bob, QUESTIONS + "/" + id, 1);
    SITE.site().restrictions().restrict(ann.id(), bob.id(), Optional.empty());
    assertThat(SITE.as(bob).get(QUESTIONS + "/" + id).status()).isEqualTo(404);
    assertThat(SITE.as(bob).get(QUESTIONS + "/" + id + "/answers").status()).isEqualTo(404);
    assertThat(SITE.as(bob).get(ANSWERS + answer).status()).isEqualTo(404);
    assertThat(SITE.as(bob).put(ANSWERS + answer + "/vote", Map.of("value", 1)).status())
        .isEqualTo(404);
    assertThat(SITE.as(bob).put(QUESTIONS + "/" + id + "/vote", Map.of("value", -1)).status())
        .isEqualTo(404);
    // One's own vote may be taken back all the same, once.
    assertThat(SITE.as(bob).delete(QUESTIONS + "/" + id + "/vote").status()).isEqualTo(204);
    assertThat(SITE.as(bob).delete(QUESTIONS + "/" + id + "/vote").status()).isEqualTo(404);
    assertThat(
            SITE.as(bob)
                .post(QUESTIONS + "/" + id + "/answers", Map.of("body", "let me in"))
                .status())
        .isEqualTo(404);
    String answers = QUESTIONS + "/" + own + "/answers";
    assertThat(ids(SITE.as(bob).get(answers).json())).isEmpty();
    assertThat(ids(SITE.as(bob).get(answers + "?page=1").json())).isEmpty();
    assertThat(ids(SITE.as(bob).get(QUESTIONS + "?tag=hidden").json())).isEmpty();
    assertThat(ids(SITE.as(bob).get(QUESTIONS + "?tag=hidden&page=1").json())).isEmpty();
    assertThat(ids(ANYONE.get(QUESTIONS + "?tag=hidden").json())).containsExactly(id);
    // Whoever hides from somebody does not answer them either.
    assertThat(
            SITE.as(ann).post(QUESTIONS + "/" + own + "/answers", Map.of("body", "more")).status())
        .isEqualTo(404);
  }

  @Test
  void countsViewsOfOthers() {
    String id = ask(ann, "Who looks at this?");
    show(ann, id);
    show(bob, id);
    assertThat(ANYONE.get(QUESTIONS + "/" + id).status()).isEqualTo(200);
    await().until(() -> show(ann, id).path("views").asInt(), views -> views == 2);
  }

  @Test
  void previewsMarkdownWithoutItsHtml() {
    Answer preview =
        SITE.as(ann)
            .post(
                QUESTIONS + "/preview",
                Map.of(
                    "body", "# Hi\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) `a<b`"));
    assertThat(preview.status()).isEqualTo(200);
    String html = preview.json().path("html").asString();
    assertThat(html).contains("<h1>Hi</h1>").contains("&lt;script&gt;").contains("a&lt;b");
    assertThat(html).doesNotContain("<script").doesNotContain("javascript:alert");
    assertThat(ANYONE.post(QUESTIONS + "/preview", Map.of("body", "x")).status()).isEqualTo(401);
  }

  @Test
  void tellsEveryReaderOfTheQuestionLive() {
    String id = ask(ann, "Who hears of it?");
    String channel = "question:" + id;
    try (RawWebSocket first = listen(channel);
        RawWebSocket second = listen(channel)) {
      String one = answer(bob, id, "The first");
      for (RawWebSocket reader : List.of(first, second)) {
        assertThat(event(reader).toString())
            .isEqualTo(
                "{\"event\":\"answer\",\"question\":\"%s\",\"id\":\"%s\",\"position\":0,\"page\":1,\"answers\":1,\"countsVersion\":1}"
                    .formatted(id, one));
      }
      String two = answer(bob, id, "The second");
      assertThat(event(first).toString()).contains("\"position\":1,\"page\":1,\"answers\":2");
      vote(ann, ANSWERS + two, 1);
      JsonNode voted = event(first);
      assertThat(voted.path("event").asString()).isEqualTo("votes");
      assertThat(voted.path("id").asString()).isEqualTo(two);
      assertThat(voted.path("score").asInt()).isEqualTo(1);
      SITE.as(ann).put(ANSWERS + two + "/accepted");
      assertThat(event(first).toString())
          .isEqualTo(
              "{\"event\":\"accepted\",\"question\":\"%s\",\"id\":\"%s\"}".formatted(id, two));
      SITE.as(bob).put(ANSWERS + one, Map.of("body", "Better"));
      assertThat(event(first).toString()).contains("\"answer-edited\"", "\"version\":2");
      SITE.as(bob).delete(ANSWERS + one);
      assertThat(event(first).toString())
          .contains("\"answer-removed\"", "\"answers\":1,\"countsVersion\":3");
      SITE.as(ann).put(QUESTIONS + "/" + id, Map.of("title", "Who hears now?", "body", "b"));
      assertThat(event(first).toString()).contains("\"question-edited\"", "\"version\":2");
      SITE.as(ann).delete(QUESTIONS + "/" + id);
      assertThat(event(first).toString()).contains("\"question-removed\"");
    }
  }

  private static RawWebSocket listen(String channel) {
    RawWebSocket socket = RawWebSocket.open(SITE.port(), "/connection/websocket");
    socket.text("{\"id\":1,\"connect\":{}}");
    assertThat(socket.next().text()).contains("\"connect\"");
    socket.text("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
    assertThat(socket.next().text()).contains("\"subscribe\"");
    return socket;
  }

  /** The next publication. */
  private static JsonNode event(RawWebSocket socket) {
    JsonNode message = Json.MAPPER.readTree(socket.message());
    while (message.at("/push/pub").isMissingNode()) {
      message = Json.MAPPER.readTree(socket.message());
    }
    return message.at("/push/pub/data");
  }
}
