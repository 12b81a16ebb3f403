package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.web.TestClient.Answer;
import io.freshet.web.TestSite.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Shares over HTTP, on a real database with the fan-out at work. */
class SharesApiTest {
  private static final String POSTS = "/api/v1/posts/";
  private static final String ME = "/api/v1/accounts/me/";
  @AutoClose private static final TestSite SITE = TestSite.open();

  private Person author;
  private Person ann;
  private Person bea;
  private Person reader;
  private String original;

  /** The reader follows two who share, and not the author. */
  @BeforeEach
  void publish() {
    author = SITE.person("Author");
    ann = SITE.person("Ann");
    bea = SITE.person("Bea");
    reader = SITE.person("Reader");
    follow(reader, ann);
    follow(reader, bea);
    original = as(author).post("/api/v1/posts", Map.of("text", "worth sharing")).text("id");
  }

  private static TestClient as(Person person) {
    return TestClient.to(SITE.port()).as(person.token());
  }

  private static void follow(Person follower, Person followee) {
    as(follower).put(ME + "follows/" + followee.id());
  }

  private static Answer share(Person sharer, String post) {
    return as(sharer).put(POSTS + post + "/share");
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("items").forEach(item -> ids.add(item.path("id").asString()));
    return ids;
  }

  private static List<String> feed(Person person) {
    return ids(as(person).get("/api/v1/feed").json());
  }

  private static void awaitFeed(Person person, String... ids) {
    await().untilAsserted(() -> assertThat(feed(person)).containsExactly(ids));
  }

  @Test
  void showsTheOriginalInTheShare() {
    Answer shared = share(ann, original);
    assertThat(shared.status()).as(shared.body()).isEqualTo(201);
    assertThat(shared.header("Location")).isEqualTo(POSTS + shared.text("id"));
    JsonNode item = shared.json();
    assertThat(item.has("text")).isFalse();
    assertThat(item.at("/author/id").asString()).isEqualTo(ann.id().toString());
    assertThat(item.at("/original/id").asString()).isEqualTo(original);
    assertThat(item.at("/original/text").asString()).isEqualTo("worth sharing");
    assertThat(item.at("/original/author/id").asString()).isEqualTo(author.id().toString());
    assertThat(item.at("/original/viewer/shared").asBoolean()).isTrue();
    assertThat(as(ann).get(shared.header("Location")).json()).isEqualTo(item);
    assertThat(ids(as(ann).get(ME + "posts").json())).containsExactly(shared.text("id"));
  }

  @Test
  void givesTheShareThatIsThere() {
    String first = share(ann, original).text("id");
    Answer again = share(ann, original);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("id")).isEqualTo(first);
    Answer ofTheShare = share(ann, first);
    assertThat(ofTheShare.status()).isEqualTo(200);
    assertThat(share(bea, first).json().at("/original/id").asString()).isEqualTo(original);
  }

  @Test
  void showsAnOriginalOnceByItsOldestShare() {
    String first = share(ann, original).text("id");
    String second = share(bea, original).text("id");
    awaitFeed(reader, first);
    as(ann).delete(POSTS + original + "/share");
    awaitFeed(reader, second);
    assertThat(as(ann).get(POSTS + first).status()).isEqualTo(404);
    follow(reader, author);
    awaitFeed(reader, original);
  }

  @Test
  void hidesSharesOfAuthorsWhoAreMutedOrRestrictTheReader() {
    String shared = share(ann, original).text("id");
    awaitFeed(reader, shared);
    as(reader).put(ME + "mutes/" + author.id(), Map.of());
    assertThat(feed(reader)).isEmpty();
    as(reader).delete(ME + "mutes/" + author.id());
    assertThat(feed(reader)).containsExactly(shared);
    as(author).put(ME + "restrictions/" + reader.id());
    assertThat(feed(reader)).isEmpty();
    assertThat(as(reader).get(POSTS + shared).status()).isEqualTo(404);
    assertThat(ids(as(reader).get("/api/v1/accounts/" + ann.id() + "/posts").json())).isEmpty();
    assertThat(share(reader, shared).status()).isEqualTo(404);
    assertThat(share(reader, original).status()).isEqualTo(404);
    assertThat(as(reader).get(POSTS + original + "/shares").status()).isEqualTo(404);
  }

  @Test
  void endsWithItsOriginal() {
    String shared = share(ann, original).text("id");
    awaitFeed(reader, shared);
    as(author).delete(POSTS + original);
    assertThat(feed(reader)).isEmpty();
    assertThat(as(ann).get(POSTS + shared).status()).isEqualTo(404);
    assertThat(share(bea, original).status()).isEqualTo(404);
    await().until(() -> isDeleted(shared));
  }

  private static boolean isDeleted(String post) {
    return SITE.database()
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("SELECT deleted_at IS NOT NULL FROM post WHERE id = ?")
                .bind(0, Long.parseLong(post))
                .mapTo(Boolean.class)
                .one());
  }

  @Test
  void showsTheOriginalAsItIsNow() {
    String shared = share(ann, original).text("id");
    as(author).put(POSTS + original, Map.of("text", "even better"));
    JsonNode item = as(reader).get(POSTS + shared).json();
    assertThat(item.at("/original/text").asString()).isEqualTo("even better");
    assertThat(item.path("version").asInt()).isEqualTo(2);
  }

  @Test
  void isNotEditedAndIsTakenBackByDeletingItToo() {
    String shared = share(ann, original).text("id");
    Answer edited = as(ann).put(POSTS + shared, Map.of("text", "mine"));
    assertThat(edited.status()).isEqualTo(400);
    assertThat(edited.text("type")).isEqualTo("urn:freshet:problem:invalid-request");
    assertThat(as(bea).put(POSTS + shared, Map.of("text", "mine")).status()).isEqualTo(404);
    assertThat(as(bea).delete(POSTS + shared).status()).isEqualTo(404);
    assertThat(as(ann).delete(POSTS + shared).status()).isEqualTo(204);
    assertThat(as(ann).get(POSTS + original).json().at("/viewer/shared").asBoolean()).isFalse();
    assertThat(share(ann, original).status()).isEqualTo(201);
  }

  @Test
  void takesBackWhatIsHiddenByNow() {
    share(ann, original);
    as(author).put(ME + "restrictions/" + ann.id());
    assertThat(as(ann).delete(POSTS + original + "/share").status()).isEqualTo(204);
    assertThat(as(ann).delete(POSTS + original + "/share").status()).isEqualTo(404);
    assertThat(as(bea).delete(POSTS + original + "/share").status()).isEqualTo(204);
    assertThat(as(bea).delete(POSTS + "1/share").status()).isEqualTo(404);
  }

  @Test
  void listsWhoSharedTheLatestFirst() {
    share(ann, original);
    share(bea, original);
    share(author, original);
    JsonNode page = as(reader).get(POSTS + original + "/shares?limit=2").json();
    assertThat(ids(page)).containsExactly(author.id().toString(), bea.id().toString());
    String cursor = page.path("nextCursor").asString();
    String rest = POSTS + original + "/shares?limit=2&cursor=" + cursor;
    assertThat(ids(as(reader).get(rest).json())).containsExactly(ann.id().toString());
    as(bea).put(ME + "restrictions/" + reader.id());
    assertThat(ids(as(reader).get(POSTS + original + "/shares").json()))
        .containsExactly(author.id().toString(), ann.id().toString());
  }
}
