package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.account.AccountId;
import io.freshet.platform.Database;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Likes, comments, mentions and hashtags over HTTP, with the workers at work. */
class InteractionsApiTest {
  private static final String POSTS = "/api/v1/posts/";

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

  private static Answer comment(Person author, String post, String text) {
    Answer answer = as(author).post(POSTS + post + "/comments", Map.of("text", text));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer;
  }

  private static List<String> all(JsonNode page, String field) {
    List<String> values = new ArrayList<>();
    page.path("items").forEach(item -> values.add(item.path(field).asString()));
    return values;
  }

  private static List<String> walk(TestClient reader, String address, String field) {
    List<String> values = new ArrayList<>();
    String next = address;
    while (!next.isEmpty()) {
      Answer answer = reader.get(next);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      values.addAll(all(answer.json(), field));
      String link = answer.header("Link");
      next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    return values;
  }

  private static void awaitCounts(String post, int likes, int comments) {
    await()
        .untilAsserted(() -> {
          JsonNode counts = anyone.get(POSTS + post).json().path("counts");
          assertThat(counts.path("likes").asInt()).isEqualTo(likes);
          assertThat(counts.path("comments").asInt()).isEqualTo(comments);
        });
  }

  @Test
  void likesAPostOnceHoweverOftenItIsAsked() {
    Person author = site.person("Author");
    Person reader = site.person("Reader");
    String post = publish(author, "like me");
    assertThat(as(reader).get(POSTS + post).json().at("/viewer/liked").asBoolean()).isFalse();
    assertThat(as(reader).put(POSTS + post + "/like").status()).isEqualTo(204);
    assertThat(as(reader).put(POSTS + post + "/like").status()).isEqualTo(204);
    JsonNode seen = as(reader).get(POSTS + post).json();
    assertThat(seen.at("/viewer/liked").asBoolean()).isTrue();
    assertThat(seen.at("/viewer/shared").asBoolean(true)).isFalse();
    assertThat(anyone.get(POSTS + post).json().has("viewer")).isFalse();
    awaitCounts(post, 1, 0);
    assertThat(as(reader).delete(POSTS + post + "/like").status()).isEqualTo(204);
    assertThat(as(reader).delete(POSTS + post + "/like").status()).isEqualTo(204);
    assertThat(as(reader).get(POSTS + post).json().at("/viewer/liked").asBoolean()).isFalse();
    awaitCounts(post, 0, 0);
  }

  @Test
  void showsLikesInFeedsAndChangesTheirFingerprint() {
    Person author = site.person("Author");
    Person reader = site.person("Reader");
    String post = publish(author, "in the feed");
    as(reader).put("/api/v1/accounts/me/follows/" + author.id());
    Answer before = as(reader).get("/api/v1/feed");
    as(reader).put(POSTS + post + "/like");
    Answer after = as(reader).get("/api/v1/feed");
    assertThat(after.json().at("/items/0/viewer/liked").asBoolean()).isTrue();
    assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
    await()
        .untilAsserted(() ->
            assertThat(as(reader).get("/api/v1/feed").json().at("/items/0/counts/likes").asInt())
                .isEqualTo(1));
  }

  @Test
  void answersAWarmPageFromMemory() {
    Person author = site.person("Author");
    Person reader = site.person("Reader");
    as(reader).put("/api/v1/accounts/me/follows/" + author.id());
    for (int i = 0; i < 5; i++) {
      as(reader).put(POSTS + publish(author, "warm @" + handle(reader.id()) + " #warm") + "/like");
    }
    List<String> asked = new CopyOnWriteArrayList<>();
    database.jdbi().setSqlLogger(new Listener(asked));
    try {
      // Until the workers, who ask the same tables, are done.
      await()
          .untilAsserted(() -> {
            asked.clear();
            JsonNode page = as(reader).get("/api/v1/feed").json();
            assertThat(page.at("/items/4/viewer/liked").asBoolean()).isTrue();
            assertThat(page.at("/items/4/counts/likes").asInt()).isEqualTo(1);
            assertThat(asked).isEmpty();
          });
      JsonNode page = as(reader).get("/api/v1/feed").json();
      as(reader).delete(POSTS + page.at("/items/4/id").asString() + "/like");
      as(reader).get("/api/v1/feed");
      assertThat(asked).isNotEmpty();
    } finally {
      database.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    }
  }

  /** Hears what is asked of the tables that a page is made of. */
  private record Listener(List<String> heard) implements SqlLogger {
    private static final Pattern OF_PAGES =
        Pattern.compile("\\b(FROM|JOIN) (post|post_count|post_like|account|follow|mute)\\b");

    @Override
    public void logBeforeExecution(StatementContext context) {
      String sql = context.getRawSql();
      if (OF_PAGES.matcher(sql).find()) {
        heard.add(sql);
      }
    }
  }

  @Test
  void listsThoseWhoLikeTheLatestFirst() {
    Person author = site.person("Author");
    String post = publish(author, "popular");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Person reader = site.person("Reader" + i);
      as(reader).put(POSTS + post + "/like");
      expected.addFirst(reader.id().toString());
    }
    assertThat(walk(anyone, POSTS + post + "/likes?limit=2", "id")).isEqualTo(expected);
    Person hiding = site.person("Hiding");
    as(hiding).put(POSTS + post + "/like");
    as(hiding).put("/api/v1/accounts/me/restrictions/" + author.id());
    assertThat(walk(as(author), POSTS + post + "/likes", "id")).isEqualTo(expected);
    assertThat(walk(anyone, POSTS + post + "/likes", "id")).hasSize(6);
  }

  @Test
  void givesLikesAndCommentsOfAShareToItsOriginal() {
    Person author = site.person("Author");
    Person sharer = site.person("Sharer");
    String post = publish(author, "the original");
    String share = share(sharer, post);
    assertThat(as(sharer).put(POSTS + share + "/like").status()).isEqualTo(204);
    assertThat(comment(sharer, share, "by way of the share").text("post")).isEqualTo(post);
    assertThat(all(anyone.get(POSTS + post + "/likes").json(), "id"))
        .containsExactly(sharer.id().toString());
    assertThat(all(anyone.get(POSTS + share + "/comments").json(), "text"))
        .containsExactly("by way of the share");
    awaitCounts(post, 1, 1);
    JsonNode seen = as(sharer).get(POSTS + share).json();
    assertThat(seen.has("counts")).isFalse();
    assertThat(seen.at("/original/counts/likes").asInt()).isEqualTo(1);
    assertThat(seen.at("/original/viewer/liked").asBoolean()).isTrue();
    assertThat(seen.at("/original/viewer/shared").asBoolean()).isTrue();
    assertThat(as(sharer).delete(POSTS + share + "/like").status()).isEqualTo(204);
    awaitCounts(post, 0, 1);
  }

  private static String share(Person sharer, String post) {
    long id = Long.parseLong(post) + 1;
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "INSERT INTO post (id, author_id, text, original_id) VALUES (?, ?, '', ?)",
                id,
                sharer.id().value(),
                Long.parseLong(post)));
    return Long.toString(id);
  }

  @Test
  void keepsThoseApartOfWhomOneRestrictsTheOther() {
    Person author = site.person("Author");
    Person reader = site.person("Reader");
    String post = publish(author, "not for everybody");
    as(author).put("/api/v1/accounts/me/restrictions/" + reader.id());
    assertThat(as(reader).put(POSTS + post + "/like").status()).isEqualTo(404);
    assertThat(as(reader).get(POSTS + post + "/likes").status()).isEqualTo(404);
    assertThat(as(reader).get(POSTS + post + "/comments").status()).isEqualTo(404);
    assertThat(as(reader).post(POSTS + post + "/comments", Map.of("text", "let me in")).status())
        .isEqualTo(404);
    String own = publish(reader, "mine");
    assertThat(as(author).put(POSTS + own + "/like").status()).isEqualTo(404);
    assertThat(as(author).get(POSTS + own + "/comments").status()).isEqualTo(200);
  }

  @Test
  void takesALikeBackFromAPostThatIsHiddenBynow() {
    Person author = site.person("Author");
    Person reader = site.person("Reader");
    String post = publish(author, "soon hidden");
    as(reader).put(POSTS + post + "/like");
    as(author).put("/api/v1/accounts/me/restrictions/" + reader.id());
    assertThat(as(reader).delete(POSTS + post + "/like").status()).isEqualTo(204);
    assertThat(as(reader).delete(POSTS + post + "/like").status()).isEqualTo(404);
    awaitCounts(post, 0, 0);
  }

  @Test
  void listsCommentsFromEitherEnd() {
    Person author = site.person("Author");
    String post = publish(author, "discuss");
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      comment(site.person("Reader" + i), post, "comment " + i);
      expected.add("comment " + i);
    }
    String comments = POSTS + post + "/comments";
    assertThat(walk(anyone, comments + "?limit=2", "text")).isEqualTo(expected);
    assertThat(walk(anyone, comments + "?order=newest&limit=2", "text"))
        .isEqualTo(expected.reversed());
    assertThat(anyone.get(comments + "?order=best").status()).isEqualTo(400);
    String oldest = anyone.get(comments + "?limit=2").text("nextCursor");
    assertThat(anyone.get(comments + "?order=newest&cursor=" + oldest).status()).isEqualTo(400);
    awaitCounts(post, 0, 5);
  }

  @Test
  void hidesCommentsOfThoseWhomTheViewerMutesAndOfThoseWhoHide() {
    Person author = site.person("Author");
    Person viewer = site.person("Viewer");
    Person muted = site.person("Muted");
    Person hiding = site.person("Hiding");
    String post = publish(author, "discuss");
    comment(muted, post, "by the muted");
    String hidden = comment(hiding, post, "by the hiding").text("id");
    comment(author, post, "by the author");
    as(viewer).put("/api/v1/accounts/me/mutes/" + muted.id());
    as(hiding).put("/api/v1/accounts/me/restrictions/" + viewer.id());
    assertThat(walk(as(viewer), POSTS + post + "/comments?limit=1", "text"))
        .containsExactly("by the author");
    assertThat(walk(anyone, POSTS + post + "/comments", "text")).hasSize(3);
    assertThat(as(viewer).get("/api/v1/comments/" + hidden).status()).isEqualTo(404);
    assertThat(as(author).get("/api/v1/comments/" + hidden).status()).isEqualTo(200);
  }

  @Test
  void deletesACommentForItsAuthorAndForThePostsAuthorOnly() {
    Person author = site.person("Author");
    Person commenter = site.person("Commenter");
    Person stranger = site.person("Stranger");
    String post = publish(author, "discuss");
    String first = "/api/v1/comments/" + comment(commenter, post, "first").text("id");
    String second = "/api/v1/comments/" + comment(commenter, post, "second").text("id");
    assertThat(as(stranger).delete(first).status()).isEqualTo(404);
    assertThat(anyone.delete(first).status()).isEqualTo(401);
    assertThat(as(commenter).delete(first).status()).isEqualTo(204);
    assertThat(as(commenter).delete(first).status()).isEqualTo(404);
    assertThat(as(author).delete(second).status()).isEqualTo(204);
    assertThat(anyone.get(first).status()).isEqualTo(404);
    assertThat(walk(anyone, POSTS + post + "/comments", "text")).isEmpty();
    awaitCounts(post, 0, 0);
  }

  @Test
  void takesACommentOnceForAKey() {
    Person author = site.person("Author");
    String post = publish(author, "discuss");
    TestClient again = as(author).with("Idempotency-Key", "once");
    Answer first = again.post(POSTS + post + "/comments", Map.of("text", "said once"));
    Answer second = again.post(POSTS + post + "/comments", Map.of("text", "said once"));
    assertThat(second.text("id")).isEqualTo(first.text("id"));
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.post(POSTS + post + "/comments", Map.of("text", "other")).status())
        .isEqualTo(422);
    as(author).delete("/api/v1/comments/" + first.text("id"));
    assertThat(again.post(POSTS + post + "/comments", Map.of("text", "said once")).status())
        .isEqualTo(422);
    awaitCounts(post, 0, 0);
  }

  @Test
  void refusesCommentsThatAreNone() {
    String post = publish(site.person("Author"), "discuss");
    TestClient reader = as(site.person("Reader"));
    assertThat(reader.post(POSTS + post + "/comments", Map.of("text", " ")).status())
        .isEqualTo(400);
    assertThat(reader.post(POSTS + post + "/comments", Map.of("text", "a".repeat(1_001))).status())
        .isEqualTo(400);
    assertThat(reader.post(POSTS + "1/comments", Map.of("text", "to nobody")).status())
        .isEqualTo(404);
  }

  @Test
  void namesThoseWhomATextMentions() {
    Person author = site.person("Author");
    Person named = site.person("Named");
    String handle = handle(named.id());
    String post =
        publish(author, "hello @" + handle.toUpperCase(java.util.Locale.ROOT) + " @nobody_here");
    JsonNode mentions = anyone.get(POSTS + post).json().path("mentions");
    assertThat(mentions.size()).isEqualTo(1);
    assertThat(mentions.at("/0/id").asString()).isEqualTo(named.id().toString());
    assertThat(mentions.at("/0/handle").asString()).isEqualTo(handle);
    JsonNode comment = comment(author, post, "and again @" + handle).json();
    assertThat(comment.at("/mentions/0/handle").asString()).isEqualTo(handle);
    as(author).put(POSTS + post, Map.of("text", "hello nobody"));
    assertThat(anyone.get(POSTS + post).json().path("mentions").isEmpty()).isTrue();
  }

  private static String handle(AccountId id) {
    return site.site().accounts().find(id).orElseThrow().handle();
  }

  @Test
  void listsThePostsOfAHashtagInAnySpelling() {
    Person author = site.person("Author");
    Person other = site.person("Other");
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      String post = publish(i % 2 == 0 ? author : other, "about #Źródło " + i);
      if (i % 2 == 0) {
        expected.addFirst(post);
      }
    }
    String edited = publish(author, "about #źródło too");
    as(author).put(POSTS + edited, Map.of("text", "about nothing"));
    String deleted = publish(author, "#źródło");
    as(author).delete(POSTS + deleted);
    Person reader = site.person("Reader");
    as(reader).put("/api/v1/accounts/me/mutes/" + other.id());
    String tag = "/api/v1/tags/" + "%C5%B9R%C3%93D%C5%81O" + "/posts";
    assertThat(walk(as(reader), tag + "?limit=1", "id")).isEqualTo(expected);
    assertThat(walk(anyone, tag, "id")).hasSize(5);
    assertThat(anyone.get(tag).json().at("/items/0/tags/0").asString()).isEqualTo("źródło");
    assertThat(anyone.get("/api/v1/tags/two%20words/posts").status()).isEqualTo(400);
    assertThat(anyone.get("/api/v1/tags/nobody_wrote_this/posts").json().path("items").isEmpty())
        .isTrue();
  }
}
