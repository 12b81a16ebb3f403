package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.account.AccountId;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Likes, comments, mentions and hashtags over HTTP, with the workers at work. */
class InteractionsApiTest {
  private static final String POSTS = "/api/v1/posts/";

  @AutoClose private static final TestSite SITE = TestSite.open();
  private static final TestClient ANYONE = SITE.anyone();

  private static String publish(Person author, String text) {
    return SITE.site().posts().publish(author.id(), text, Optional.empty()).post().id().toString();
  }

  private static Answer comment(Person author, String post, String text) {
    Answer answer = SITE.as(author).post(POSTS + post + "/comments", Map.of("text", text));
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
          JsonNode counts = ANYONE.get(POSTS + post).json().path("counts");
          assertThat(counts.path("likes").asInt()).isEqualTo(likes);
          assertThat(counts.path("comments").asInt()).isEqualTo(comments);
        });
  }

  @Test
  void likesAPostOnceHoweverOftenItIsAsked() {
    Person author = SITE.person("Author");
    Person reader = SITE.person("Reader");
    String post = publish(author, "like me");
    assertThat(SITE.as(reader).get(POSTS + post).json().at("/viewer/liked").asBoolean()).isFalse();
    assertThat(SITE.as(reader).put(POSTS + post + "/like").status()).isEqualTo(204);
    assertThat(SITE.as(reader).put(POSTS + post + "/like").status()).isEqualTo(204);
    JsonNode seen = SITE.as(reader).get(POSTS + post).json();
    assertThat(seen.at("/viewer/liked").asBoolean()).isTrue();
    assertThat(seen.at("/viewer/shared").asBoolean(true)).isFalse();
    assertThat(ANYONE.get(POSTS + post).json().has("viewer")).isFalse();
    awaitCounts(post, 1, 0);
    assertThat(SITE.as(reader).delete(POSTS + post + "/like").status()).isEqualTo(204);
    assertThat(SITE.as(reader).delete(POSTS + post + "/like").status()).isEqualTo(204);
    assertThat(SITE.as(reader).get(POSTS + post).json().at("/viewer/liked").asBoolean()).isFalse();
    awaitCounts(post, 0, 0);
  }

  @Test
  void showsLikesInFeedsAndChangesTheirFingerprint() {
    Person author = SITE.person("Author");
    Person reader = SITE.person("Reader");
    String post = publish(author, "in the feed");
    SITE.as(reader).put("/api/v1/accounts/me/follows/" + author.id());
    Answer before = SITE.as(reader).get("/api/v1/feed");
    SITE.as(reader).put(POSTS + post + "/like");
    Answer after = SITE.as(reader).get("/api/v1/feed");
    assertThat(after.json().at("/items/0/viewer/liked").asBoolean()).isTrue();
    assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
    await()
        .untilAsserted(() ->
            assertThat(
                    SITE.as(reader).get("/api/v1/feed").json().at("/items/0/counts/likes").asInt())
                .isEqualTo(1));
  }

  @Test
  void answersAWarmPageFromMemory() {
    Person author = SITE.person("Author");
    Person reader = SITE.person("Reader");
    SITE.as(reader).put("/api/v1/accounts/me/follows/" + author.id());
    for (int i = 0; i < 5; i++) {
      SITE.as(reader)
          .put(POSTS + publish(author, "warm @" + handle(reader.id()) + " #warm") + "/like");
    }
    List<String> asked = new CopyOnWriteArrayList<>();
    SITE.database().jdbi().setSqlLogger(new Listener(asked));
    try {
      // Until the workers, who ask the same tables, are done.
      await()
          .untilAsserted(() -> {
            asked.clear();
            JsonNode page = SITE.as(reader).get("/api/v1/feed").json();
            assertThat(page.at("/items/4/viewer/liked").asBoolean()).isTrue();
            assertThat(page.at("/items/4/counts/likes").asInt()).isEqualTo(1);
            assertThat(asked).isEmpty();
          });
      JsonNode page = SITE.as(reader).get("/api/v1/feed").json();
      SITE.as(reader).delete(POSTS + page.at("/items/4/id").asString() + "/like");
      SITE.as(reader).get("/api/v1/feed");
      assertThat(asked).isNotEmpty();
    } finally {
      SITE.database().jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
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
    Person author = SITE.person("Author");
    String post = publish(author, "popular");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Person reader = SITE.person("Reader" + i);
      SITE.as(reader).put(POSTS + post + "/like");
      expected.addFirst(reader.id().toString());
    }
    assertThat(walk(ANYONE, POSTS + post + "/likes?limit=2", "id")).isEqualTo(expected);
    Person hiding = SITE.person("Hiding");
    SITE.as(hiding).put(POSTS + post + "/like");
    SITE.as(hiding).put("/api/v1/accounts/me/restrictions/" + author.id());
    assertThat(walk(SITE.as(author), POSTS + post + "/likes", "id")).isEqualTo(expected);
    assertThat(walk(ANYONE, POSTS + post + "/likes", "id")).hasSize(6);
  }

  @Test
  void givesLikesAndCommentsOfAShareToItsOriginal() {
    Person author = SITE.person("Author");
    Person sharer = SITE.person("Sharer");
    String post = publish(author, "the original");
    String share = share(sharer, post);
    assertThat(SITE.as(sharer).put(POSTS + share + "/like").status()).isEqualTo(204);
    assertThat(comment(sharer, share, "by way of the share").text("post")).isEqualTo(post);
    assertThat(all(ANYONE.get(POSTS + post + "/likes").json(), "id"))
        .containsExactly(sharer.id().toString());
    assertThat(all(ANYONE.get(POSTS + share + "/comments").json(), "text"))
        .containsExactly("by way of the share");
    awaitCounts(post, 1, 1);
    JsonNode seen = SITE.as(sharer).get(POSTS + share).json();
    assertThat(seen.has("counts")).isFalse();
    assertThat(seen.at("/original/counts/likes").asInt()).isEqualTo(1);
    assertThat(seen.at("/original/viewer/liked").asBoolean()).isTrue();
    assertThat(seen.at("/original/viewer/shared").asBoolean()).isTrue();
    assertThat(SITE.as(sharer).delete(POSTS + share + "/like").status()).isEqualTo(204);
    awaitCounts(post, 0, 1);
  }

  private static String share(Person sharer, String post) {
    long id = Long.parseLong(post) + 1;
    SITE.database()
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
    Person author = SITE.person("Author");
    Person reader = SITE.person("Reader");
    String post = publish(author, "not for everybody");
    SITE.as(author).put("/api/v1/accounts/me/restrictions/" + reader.id());
    assertThat(SITE.as(reader).put(POSTS + post + "/like").status()).isEqualTo(404);
    assertThat(SITE.as(reader).get(POSTS + post + "/likes").status()).isEqualTo(404);
    assertThat(SITE.as(reader).get(POSTS + post + "/comments").status()).isEqualTo(404);
    assertThat(
            SITE.as(reader).post(POSTS + post + "/comments", Map.of("text", "let me in")).status())
        .isEqualTo(404);
    String own = publish(reader, "mine");
    assertThat(SITE.as(author).put(POSTS + own + "/like").status()).isEqualTo(404);
    assertThat(SITE.as(author).get(POSTS + own + "/comments").status()).isEqualTo(200);
  }

  @Test
  void takesALikeBackFromAPostThatIsHiddenBynow() {
    Person author = SITE.person("Author");
    Person reader = SITE.person("Reader");
    String post = publish(author, "soon hidden");
    SITE.as(reader).put(POSTS + post + "/like");
    SITE.as(author).put("/api/v1/accounts/me/restrictions/" + reader.id());
    assertThat(SITE.as(reader).delete(POSTS + post + "/like").status()).isEqualTo(204);
    assertThat(SITE.as(reader).delete(POSTS + post + "/like").status()).isEqualTo(404);
    awaitCounts(post, 0, 0);
  }

  @Test
  void listsCommentsFromEitherEnd() {
    Person author = SITE.person("Author");
    String post = publish(author, "discuss");
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      comment(SITE.person("Reader" + i), post, "comment " + i);
      expected.add("comment " + i);
    }
    String comments = POSTS + post + "/comments";
    assertThat(walk(ANYONE, comments + "?limit=2", "text")).isEqualTo(expected);
    assertThat(walk(ANYONE, comments + "?order=newest&limit=2", "text"))
        .isEqualTo(expected.reversed());
    assertThat(ANYONE.get(comments + "?order=best").status()).isEqualTo(400);
    String oldest = ANYONE.get(comments + "?limit=2").text("nextCursor");
    assertThat(ANYONE.get(comments + "?order=newest&cursor=" + oldest).status()).isEqualTo(400);
    awaitCounts(post, 0, 5);
  }

  @Test
  void hidesCommentsOfThoseWhomTheViewerMutesAndOfThoseWhoHide() {
    Person author = SITE.person("Author");
    Person viewer = SITE.person("Viewer");
    Person muted = SITE.person("Muted");
    Person hiding = SITE.person("Hiding");
    String post = publish(author, "discuss");
    comment(muted, post, "by the muted");
    String hidden = comment(hiding, post, "by the hiding").text("id");
    comment(author, post, "by the author");
    SITE.as(viewer).put("/api/v1/accounts/me/mutes/" + muted.id());
    SITE.as(hiding).put("/api/v1/accounts/me/restrictions/" + viewer.id());
    assertThat(walk(SITE.as(viewer), POSTS + post + "/comments?limit=1", "text"))
        .containsExactly("by the author");
    assertThat(walk(ANYONE, POSTS + post + "/comments", "text")).hasSize(3);
    assertThat(SITE.as(viewer).get("/api/v1/comments/" + hidden).status()).isEqualTo(404);
    assertThat(SITE.as(author).get("/api/v1/comments/" + hidden).status()).isEqualTo(200);
  }

  @Test
  void deletesACommentForItsAuthorAndForThePostsAuthorOnly() {
    Person author = SITE.person("Author");
    Person commenter = SITE.person("Commenter");
    Person stranger = SITE.person("Stranger");
    String post = publish(author, "discuss");
    String first = "/api/v1/comments/" + comment(commenter, post, "first").text("id");
    String second = "/api/v1/comments/" + comment(commenter, post, "second").text("id");
    assertThat(SITE.as(stranger).delete(first).status()).isEqualTo(404);
    assertThat(ANYONE.delete(first).status()).isEqualTo(401);
    assertThat(SITE.as(commenter).delete(first).status()).isEqualTo(204);
    assertThat(SITE.as(commenter).delete(first).status()).isEqualTo(404);
    assertThat(SITE.as(author).delete(second).status()).isEqualTo(204);
    assertThat(ANYONE.get(first).status()).isEqualTo(404);
    assertThat(walk(ANYONE, POSTS + post + "/comments", "text")).isEmpty();
    awaitCounts(post, 0, 0);
  }

  @Test
  void takesACommentOnceForAKey() {
    Person author = SITE.person("Author");
    String post = publish(author, "discuss");
    TestClient again = SITE.as(author).with("Idempotency-Key", "once");
    Answer first = again.post(POSTS + post + "/comments", Map.of("text", "said once"));
    Answer second = again.post(POSTS + post + "/comments", Map.of("text", "said once"));
    assertThat(second.text("id")).isEqualTo(first.text("id"));
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.post(POSTS + post + "/comments", Map.of("text", "other")).status())
        .isEqualTo(422);
    SITE.as(author).delete("/api/v1/comments/" + first.text("id"));
    assertThat(again.post(POSTS + post + "/comments", Map.of("text", "said once")).status())
        .isEqualTo(422);
    awaitCounts(post, 0, 0);
  }

  @Test
  void refusesCommentsThatAreNone() {
    String post = publish(SITE.person("Author"), "discuss");
    TestClient reader = SITE.as(SITE.person("Reader"));
    assertThat(reader.post(POSTS + post + "/comments", Map.of("text", " ")).status())
        .isEqualTo(400);
    assertThat(reader.post(POSTS + post + "/comments", Map.of("text", "a".repeat(1_001))).status())
        .isEqualTo(400);
    assertThat(reader.post(POSTS + "1/comments", Map.of("text", "to nobody")).status())
        .isEqualTo(404);
  }

  @Test
  void namesThoseWhomATextMentions() {
    Person author = SITE.person("Author");
    Person named = SITE.person("Named");
    String handle = handle(named.id());
    String post =
        publish(author, "hello @" + handle.toUpperCase(java.util.Locale.ROOT) + " @nobody_here");
    JsonNode mentions = ANYONE.get(POSTS + post).json().path("mentions");
    assertThat(mentions.size()).isEqualTo(1);
    assertThat(mentions.at("/0/id").asString()).isEqualTo(named.id().toString());
    assertThat(mentions.at("/0/handle").asString()).isEqualTo(handle);
    JsonNode comment = comment(author, post, "and again @" + handle).json();
    assertThat(comment.at("/mentions/0/handle").asString()).isEqualTo(handle);
    SITE.as(author).put(POSTS + post, Map.of("text", "hello nobody"));
    assertThat(ANYONE.get(POSTS + post).json().path("mentions").isEmpty()).isTrue();
  }

  private static String handle(AccountId id) {
    return SITE.site().accounts().find(id).orElseThrow().handle();
  }

  @Test
  void listsThePostsOfAHashtagInAnySpelling() {
    Person author = SITE.person("Author");
    Person other = SITE.person("Other");
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      String post = publish(i % 2 == 0 ? author : other, "about #Źródło " + i);
      if (i % 2 == 0) {
        expected.addFirst(post);
      }
    }
    String edited = publish(author, "about #źródło too");
    SITE.as(author).put(POSTS + edited, Map.of("text", "about nothing"));
    String deleted = publish(author, "#źródło");
    SITE.as(author).delete(POSTS + deleted);
    Person reader = SITE.person("Reader");
    SITE.as(reader).put("/api/v1/accounts/me/mutes/" + other.id());
    String tag = "/api/v1/tags/" + "%C5%B9R%C3%93D%C5%81O" + "/posts";
    assertThat(walk(SITE.as(reader), tag + "?limit=1", "id")).isEqualTo(expected);
    assertThat(walk(ANYONE, tag, "id")).hasSize(5);
    assertThat(ANYONE.get(tag).json().at("/items/0/tags/0").asString()).isEqualTo("źródło");
    assertThat(ANYONE.get("/api/v1/tags/two%20words/posts").status()).isEqualTo(400);
    assertThat(ANYONE.get("/api/v1/tags/nobody_wrote_this/posts").json().path("items").isEmpty())
        .isTrue();
  }
}
