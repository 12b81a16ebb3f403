package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Database;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Search over HTTP. */
class SearchApiTest {
  private static final String SEARCH = "/api/v1/search?kind=";

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
    return site.site().posts().publish(author.id(), text, Optional.empty()).post().id().toString();
  }

  private static String ask(Person author, String title, String body) {
    String id = publish(author, title);
    database
        .jdbi()
        .useHandle(handle -> {
          handle.execute("UPDATE post SET is_question = true WHERE id = ?", Long.valueOf(id));
          handle.execute(
              "INSERT INTO question (id, author_id, title, body, tags) VALUES (?, ?, ?, ?, '{a-tag}')",
              Long.valueOf(id),
              author.id().value(),
              title,
              body);
        });
    return id;
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
    Person author = site.person("Author");
    String post = publish(author, "Synchrotrons are <b>bright</b> #light");
    as(author).put("/api/v1/posts/" + post + "/like");
    Answer found = as(author).get(search("posts", "synchrotron"));
    assertThat(ids(found, "post")).containsExactly(post);
    JsonNode hit = found.json().at("/items/0");
    assertThat(hit.path("post")).isEqualTo(as(author).get("/api/v1/posts/" + post).json());
    assertThat(hit.path("snippet").toString())
        .isEqualTo(
            "[{\"text\":\"Synchrotrons\",\"hit\":true},{\"text\":\" are <b>bright</b> #light\",\"hit\":false}]");
    assertThat(ids(anyone.get(search("questions", "synchrotron")), "question")).isEmpty();
  }

  @Test
  void showsAQuestionWithItsAuthorAndMarkedTitle() {
    Person author = site.person("Asker");
    String id = ask(author, "Why do lasers flicker", "They *flicker* at 50 Hz");
    Answer found = anyone.get(search("questions", "flickering"));
    assertThat(ids(found, "question")).containsExactly(id);
    JsonNode hit = found.json().at("/items/0");
    assertThat(hit.at("/question/title").asString()).isEqualTo("Why do lasers flicker");
    assertThat(hit.at("/question/author/id").asString()).isEqualTo(author.id().toString());
    assertThat(hit.at("/question/tags/0").asString()).isEqualTo("a-tag");
    assertThat(hit.at("/title/1/text").asString()).isEqualTo("flicker");
    assertThat(hit.at("/title/1/hit").asBoolean()).isTrue();
    assertThat(ids(anyone.get(search("posts", "flickering")), "post")).isEmpty();
  }

  @Test
  void hidesWhatTheViewerMayNotSee() {
    Person author = site.person("Author");
    Person viewer = site.person("Viewer");
    String post = publish(author, "obsidian knives");
    String question = ask(author, "Is obsidian sharp", "Very");
    assertThat(ids(as(viewer).get(search("posts", "obsidian")), "post")).containsExactly(post);
    as(author).put("/api/v1/accounts/me/restrictions/" + viewer.id());
    assertThat(ids(as(viewer).get(search("posts", "obsidian")), "post")).isEmpty();
    assertThat(ids(as(viewer).get(search("questions", "obsidian")), "question")).isEmpty();
    assertThat(as(viewer).get("/api/v1/search/suggest?q=obsi").json().path("items").isEmpty())
        .isTrue();
    assertThat(ids(anyone.get(search("questions", "obsidian")), "question"))
        .containsExactly(question);
    as(author).delete("/api/v1/accounts/me/restrictions/" + viewer.id());
    as(viewer).put("/api/v1/accounts/me/mutes/" + author.id());
    assertThat(ids(as(viewer).get(search("posts", "obsidian")), "post")).isEmpty();
  }

  @Test
  void losesWhatIsDeletedEditedOrOfSomebodyWhoHasGone() {
    Person author = site.person("Author");
    String first = publish(author, "periwinkle one");
    String second = publish(author, "periwinkle two");
    String third = publish(author, "periwinkle three");
    String question = ask(author, "What is a periwinkle", "A plant");
    assertThat(ids(anyone.get(search("posts", "periwinkle")), "post"))
        .containsExactly(third, second, first);
    as(author).delete("/api/v1/posts/" + first);
    as(author).put("/api/v1/posts/" + second, Map.of("text", "something else"));
    assertThat(ids(anyone.get(search("posts", "periwinkle")), "post")).containsExactly(third);
    assertThat(ids(anyone.get(search("questions", "periwinkle")), "question"))
        .containsExactly(question);
    assertThat(
            as(author)
                .json("DELETE", "/api/v1/accounts/me", Map.of("password", TestSite.PASSWORD))
                .status())
        .isEqualTo(204);
    assertThat(ids(anyone.get(search("posts", "periwinkle")), "post")).isEmpty();
    assertThat(ids(anyone.get(search("questions", "periwinkle")), "question")).isEmpty();
    assertThat(anyone.get("/api/v1/search/suggest?q=periwin").json().path("items").isEmpty())
        .isTrue();
  }

  @Test
  void turnsPagesByTheLinkWithoutGapOrRepetition() {
    Person author = site.person("Author");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      expected.addFirst(publish(author, "marzipan"));
    }
    List<String> walked = new ArrayList<>();
    String next = search("posts", "marzipan") + "&limit=3";
    while (!next.isEmpty()) {
      Answer answer = anyone.get(next);
      walked.addAll(ids(answer, "post"));
      String link = answer.header("Link");
      next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    assertThat(walked).isEqualTo(expected);
  }

  @Test
  void refusesWhatIsNoSearchAndCursorsOfOthers() {
    Person author = site.person("Author");
    publish(author, "quokka");
    publish(author, "quokka");
    String cursor = anyone.get(search("posts", "quokka") + "&limit=1").text("nextCursor");
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
      Answer answer = anyone.get(address);
      assertThat(answer.status()).as(address).isEqualTo(400);
      assertThat(answer.json().at("/errors/0/field").asString()).as(address).isNotEmpty();
    }
  }

  @Test
  void suggestsPeopleTagsAndTitles() {
    Person person = site.person("Zephyrine");
    String question = ask(person, "Which zephyr is the mildest", "b");
    database
        .jdbi()
        .useHandle(
            handle -> handle.execute("INSERT INTO tag (name, questions) VALUES ('zephyr-os', 4)"));
    JsonNode rows = anyone.get("/api/v1/search/suggest?q=Zephy").json().path("items");
    assertThat(rows.toString())
        .isEqualTo(
            "[{\"kind\":\"person\",\"id\":\"%s\",\"handle\":\"%s\",\"text\":\"Zephyrine Tester\"},"
                    .formatted(person.id(), rows.at("/0/handle").asString())
                + "{\"kind\":\"tag\",\"questions\":4,\"text\":\"zephyr-os\"},"
                + "{\"kind\":\"question\",\"id\":\"%s\",\"text\":\"Which zephyr is the mildest\"}]"
                    .formatted(question));
    assertThat(anyone.get(search("people", "zephirine")).json().at("/items/0/person/id").asString())
        .isEqualTo(person.id().toString());
    assertThat(anyone.get(search("tags", "zephir")).json().at("/items/0/tag/name").asString())
        .isEqualTo("zephyr-os");
  }
}
