package io.freshet.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.testkit.Form;
import io.freshet.web.TestClient;
import io.freshet.web.TestClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Somebody with an account, who acts through the API: what others do while a test looks at a page.
 * Whatever is refused fails the test. Thread-safe.
 *
 * @param api speaks for them, for everything that has no method here
 */
public record Person(String id, String handle, String name, String password, TestClient api) {
  private static final String API = "/api/v1";
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Publishes a post, and returns its id. */
  public String posts(String text) {
    return idOf(api.post(API + "/posts", Map.of("text", text)));
  }

  /** So many posts, one after another; returns their ids, the oldest first. */
  public List<String> posts(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(number -> posts(text.apply(number))).toList();
  }

  /** A post with a picture. */
  public String posts(String text, byte[] picture, String description) {
    byte[] form = Form.withFile(picture, description);
    String medium = idOf(api.with("Content-Type", Form.TYPE).json("POST", API + "/media", form));
    return idOf(api.post(API + "/posts", Map.of("text", text, "media", List.of(medium))));
  }

  public void edits(String post, String text) {
    done(api.put(API + "/posts/" + post, Map.of("text", text)));
  }

  public void deletes(String post) {
    done(api.delete(API + "/posts/" + post));
  }

  public void likes(String post) {
    done(api.put(API + "/posts/" + post + "/like"));
  }

  public void shares(String post) {
    done(api.put(API + "/posts/" + post + "/share"));
  }

  /** Returns the comment's id. */
  public String comments(String post, String text) {
    return idOf(api.post(API + "/posts/" + post + "/comments", Map.of("text", text)));
  }

  public void follows(Person other) {
    done(api.put(API + "/accounts/me/follows/" + other.id()));
  }

  public void unfollows(Person other) {
    done(api.delete(API + "/accounts/me/follows/" + other.id()));
  }

  public void mutes(Person other) {
    done(api.put(API + "/accounts/me/mutes/" + other.id(), Map.of()));
  }

  public void restricts(Person other) {
    done(api.put(API + "/accounts/me/restrictions/" + other.id(), Map.of()));
  }

  /** Returns the question's id. */
  public String asks(String title, String body, String... tags) {
    Map<String, Object> draft = Map.of("title", title, "body", body, "tags", List.of(tags));
    return idOf(api.post(API + "/questions", draft));
  }

  /** Returns the answer's id. */
  public String answers(String question, String body) {
    return idOf(api.post(API + "/questions/" + question + "/answers", Map.of("body", body)));
  }

  /**
   * @param value 1 or -1
   */
  public void votesOnAnswer(String answer, int value) {
    done(api.put(API + "/answers/" + answer + "/vote", Map.of("value", value)));
  }

  public void votesOnQuestion(String question, int value) {
    done(api.put(API + "/questions/" + question + "/vote", Map.of("value", value)));
  }

  public void accepts(String answer) {
    done(api.put(API + "/answers/" + answer + "/accepted"));
  }

  /** What a path of the API says now. */
  public JsonNode reads(String path) {
    return done(api.get(path)).json();
  }

  /** Waits until fan-out has brought a post into their feed. */
  public void awaits(String post) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            reads(API + "/feed")
                .path("items")
                .valueStream()
                .anyMatch(it -> it.path("id").asString("").equals(post)));
  }

  /** A new session by cookie: the cookie's value. */
  String cookie() {
    Map<String, Object> credentials =
        Map.of("handle", handle, "password", password, "cookie", true);
    Answer answer =
        done(
            TestClient.to(api.port())
                .with("Origin", "http://127.0.0.1:" + api.port())
                .post(API + "/sessions", credentials));
    return answer.header("Set-Cookie").split(";", 2)[0].split("=", 2)[1];
  }

  private static String idOf(Answer answer) {
    return done(answer).text("id");
  }

  private static Answer done(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return answer;
  }
}
