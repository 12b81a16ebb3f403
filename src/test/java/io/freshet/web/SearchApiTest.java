package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Search over HTTP. */
class SearchApiTest {
  private static final String SEARCH = "/api/v1/search?kind=";

  @AutoClose private static final TestSite SITE = TestSite.open();
  private static final TestClient ANYONE = SITE.anyone();

  private static String publish(Person author, String text) {
    return SITE.site().posts().publish(author.id(), text, Optional.empty()).post().id().toString();
  }

  private static String ask(Person author, String title, String body) {
    Answer answer =
        SITE.as(author)
            .post(
                "/api/v1/questions",
                Map.of("title", title, "body", body, "tags", List.of("a-tag")));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("id");
  }

  private static String search(String kind, String text) {
    return SEARCH + kind + "&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<String> ids(Answer answer, String kind) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    answer.json().path("items").forEach(hit -> ids.add(hit.path(kind).path("id").asString()));
    return ids;
  }

  @Test
  void showsAPostAsEverywhereWithWhatWasFoundMarked() {
    Person author = SITE.person("Author");
    String post = publish(author, "Synchrotrons are <b>bright</b> #light");
    SITE.as(author).put("/api/v1/posts/" + post + "/like");
    await()
        .until(() ->
            SITE.as(author).get("/api/v1/posts/" + post).json().at("/counts/likes").asInt() == 1);
    Answer found = SITE.as(author).get(search("posts", "synchrotron"));
    assertThat(ids(found, "post")).containsExactly(post);
    JsonNode hit = found.json().at("/items/0");
    assertThat(hit.path("post")).isEqualTo(SITE.as(author).get("/api/v1/posts/" + post).json());
    assertThat(hit.path("snippet").toString())
        .isEqualTo(
            "[{\"text\":\"Synchrotrons\",\"hit\":true},{\"text\":\" are <b>bright</b> #light\",\"hit\":false}]");
    assertThat(ids(ANYONE.get(search("questions", "synchrotron")), "question")).isEmpty();
  }

  @Test
  void showsAQuestionWithItsAuthorAndMarkedTitle() {
    Person author = SITE.person("Asker");
    String id = ask(author, "Why do lasers flicker", "They *flicker* at 50 Hz");
    Answer found = ANYONE.get(search("questions", "flickering"));
    assertThat(ids(found, "question")).containsExactly(id);
    JsonNode hit = found.json().at("/items/0");
    assertThat(hit.at("/question/title").asString()).isEqualTo("Why do lasers flicker");
    assertThat(hit.at("/question/author/id").asString()).isEqualTo(author.id().toString());
    assertThat(hit.at("/question/tags/0").asString()).isEqualTo("a-tag");
    assertThat(hit.at("/title/1/text").asString()).isEqualTo("flicker");
    assertThat(hit.at("/title/1/hit").asBoolean()).isTrue();
    assertThat(ids(ANYONE.get(search("posts", "flickering")), "post")).isEmpty();
  }

  @Test
  void hidesWhatTheViewerMayNotSee() {
    Person author = SITE.person("Author");
    Person viewer = SITE.person("Viewer");
    String post = publish(author, "obsidian knives");
    String question = ask(author, "Is obsidian sharp", "Very");
    assertThat(ids(SITE.as(viewer).get(search("posts", "obsidian")), "post")).containsExactly(post);
    SITE.as(author).put("/api/v1/accounts/me/restrictions/" + viewer.id());
    assertThat(ids(SITE.as(viewer).get(search("posts", "obsidian")), "post")).isEmpty();
    assertThat(ids(SITE.as(viewer).get(search("questions", "obsidian")), "question")).isEmpty();
    assertThat(SITE.as(viewer).get("/api/v1/search/suggest?q=obsi").json().path("items").isEmpty())
        .isTrue();
    assertThat(ids(ANYONE.get(search("questions", "obsidian")), "question"))
        .containsExactly(question);
    SITE.as(author).delete("/api/v1/accounts/me/restrictions/" + viewer.id());
    SITE.as(viewer).put("/api/v1/accounts/me/mutes/" + author.id());
    assertThat(ids(SITE.as(viewer).get(search("posts", "obsidian")), "post")).isEmpty();
  }

  @Test
  void losesWhatIsDeletedEditedOrOfSomebodyWhoHasGone() {
    Person author = SITE.person("Author");
    String first = publish(author, "periwinkle one");
    String second = publish(author, "periwinkle two");
    String third = publish(author, "periwinkle three");
    String question = ask(author, "What is a periwinkle", "A plant");
    assertThat(ids(ANYONE.get(search("posts", "periwinkle")), "post"))
        .containsExactly(third, second, first);
    SITE.as(author).delete("/api/v1/posts/" + first);
    SITE.as(author).put("/api/v1/posts/" + second, Map.of("text", "something else"));
    assertThat(ids(ANYONE.get(search("posts", "periwinkle")), "post")).containsExactly(third);
    assertThat(ids(ANYONE.get(search("questions", "periwinkle")), "question"))
        .containsExactly(question);
    assertThat(
            SITE.as(author)
                .json("DELETE", "/api/v1/accounts/me", Map.of("password", TestSite.PASSWORD))
                .status())
        .isEqualTo(204);
    assertThat(ids(ANYONE.get(search("posts", "periwinkle")), "post")).isEmpty();
    assertThat(ids(ANYONE.get(search("questions", "periwinkle")), "question")).isEmpty();
    assertThat(ANYONE.get("/api/v1/search/suggest?q=periwin").json().path("items").isEmpty())
        .isTrue();
  }

  @Test
  void turnsPagesByTheLinkWithoutGapOrRepetition() {
    Person author = SITE.person("Author");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      expected.addFirst(publish(author, "marzipan"));
    }
    List<String> walked = new ArrayList<>();
    String next = search("posts", "marzipan") + "&limit=3";
    while (!next.isEmpty()) {
      Answer answer = ANYONE.get(next);
      walked.addAll(ids(answer, "post"));
      String link = answer.header("Link");
      next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    assertThat(walked).isEqualTo(expected);
  }

  @Test
  void refusesWhatIsNoSearchAndCursorsOfOthers() {
    Person author = SITE.person("Author");
    publish(author, "quokka");
    publish(author, "quokka");
    String cursor = ANYONE.get(search("posts", "quokka") + "&limit=1").text("nextCursor");
    assertThat(cursor).isNotEmpty();
    for (String address :
        List.of(
            "/api/v1/search",
            search("posts", " "),
            search("books", "quokka"),
            search("posts", "other") + "&cursor=" + cursor,
            search("questions", "quokka") + "&cursor=" + cursor,
            search("posts", "x".repeat(201)),
            "/api/v1/search/suggest?q=a")) {
      Answer answer = ANYONE.get(address);
      assertThat(answer.status()).as(address).isEqualTo(400);
      assertThat(answer.json().at("/errors/0/field").asString()).as(address).isNotEmpty();
    }
  }

  @Test
  void suggestsPeopleTagsAndTitles() {
    Person person = SITE.person("Zephyrine");
    String question = ask(person, "Which zephyr is the mildest", "b");
    SITE.database()
        .jdbi()
        .useHandle(
            handle -> handle.execute("INSERT INTO tag (name, questions) VALUES ('zephyr-os', 4)"));
    JsonNode rows = ANYONE.get("/api/v1/search/suggest?q=Zephy").json().path("items");
    assertThat(rows.toString())
        .isEqualTo(
            "[{\"kind\":\"person\",\"id\":\"%s\",\"handle\":\"%s\",\"text\":\"Zephyrine Tester\"},"
                    .formatted(person.id(), rows.at("/0/handle").asString())
                + "{\"kind\":\"tag\",\"questions\":4,\"text\":\"zephyr-os\"},"
                + "{\"kind\":\"question\",\"id\":\"%s\",\"text\":\"Which zephyr is the mildest\"}]"
                    .formatted(question));
    assertThat(ANYONE.get(search("people", "zephirine")).json().at("/items/0/person/id").asString())
        .isEqualTo(person.id().toString());
    assertThat(ANYONE.get(search("tags", "zephir")).json().at("/items/0/tag/name").asString())
        .isEqualTo("zephyr-os");
  }
}
