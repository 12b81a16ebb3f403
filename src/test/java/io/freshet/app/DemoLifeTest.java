package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A guide, two friends and a stranger. */
class DemoLifeTest {
  private static final String PASSWORD = "a long password";

  /** Of a life in which all deeds come about. */
  private static final long SEED = 1;

  @TempDir private static Path home;

  @AutoClose private static final Closing CLOSING = new Closing();
  private static final AtomicInteger TOWNS = new AtomicInteger();
  private static App app;
  private static TestClient anyone;

  /** Each test has people of its own. */
  private final String town = "_" + TOWNS.incrementAndGet();

  private final AtomicBoolean isSeen = new AtomicBoolean();
  private TestClient guide;
  private long before;

  @BeforeAll
  static void serve() {
    Map<String, String> settings =
        Map.of(
            "FRESHET_HOME", home.resolve("life").toString(),
            "PORT", "0",
            "FRESHET_HTTP_HOST", "127.0.0.1",
            "FRESHET_LIMITS_ENABLED", "false",
            "DATABASE_URL", TestDatabase.url());
    app = CLOSING.add(App.serve(FreshetConfig.load(settings, Map.of()), database -> {}));
    anyone = TestClient.to(app.httpPort().orElseThrow());
  }

  @BeforeEach
  void meet() {
    guide = signedIn("guide");
    for (String friend : List.of("ada", "charles")) {
      signedIn(friend).put("/api/v1/accounts/me/follows/" + id("guide"));
      guide.put("/api/v1/accounts/me/follows/" + id(friend));
    }
    signedIn("stranger").put("/api/v1/accounts/me/follows/" + id("guide"));
    guide.post("/api/v1/posts", Map.of("text", "What I wrote"));
    guide.post("/api/v1/questions", Map.of("title", "What I asked", "body", "Well?"));
    before = deeds();
  }

  private TestClient signedIn(String name) {
    String handle = name + town;
    anyone.post(
        "/api/v1/accounts", Map.of("handle", handle, "password", PASSWORD, "firstName", name));
    Map<String, String> words = Map.of("handle", handle, "password", PASSWORD);
    return anyone.as(anyone.post("/api/v1/sessions", words).text("token"));
  }

  private String id(String name) {
    String query = "/api/v1/accounts?handle=" + name + town;
    return anyone.get(query).json().at("/items/0/id").asString();
  }

  private DemoLife life(int owed) {
    return new DemoLife(app.core(), "guide" + town, isSeen::get, owed, SEED);
  }

  private Stream<JsonNode> feed() {
    return guide.get("/api/v1/feed?limit=100").json().path("items").valueStream();
  }

  private List<String> kinds() {
    return guide
        .get("/api/v1/notifications")
        .json()
        .path("items")
        .valueStream()
        .map(it -> it.path("kind").asString())
        .toList();
  }

  @Test
  void fillsTheFeedAndTheNotificationsOfTheGuide() {
    isSeen.set(true);
    run(life(0), 150);
    await().untilAsserted(() -> assertThat(kinds()).contains("like", "comment", "share", "answer"));
    await().until(() -> feed().count() > 30);
    assertThat(feed().map(it -> it.at("/author/handle").asString()))
        .contains("ada" + town, "charles" + town)
        .doesNotContain("stranger" + town);
    assertThat(
            app.call(
                    "feeds.verify",
                    Json.MAPPER.createObjectNode().put("all", true),
                    Progress.SILENT)
                .path("differences")
                .asInt(-1))
        .isZero();
  }

  @Test
  void beginsWithReactionsToWhatIsThere() {
    DemoLife life = life(40);
    for (int i = 0; i < 40; i++) {
      assertThat(life.runOnce()).isTrue();
    }
    assertThat(life.runOnce()).isFalse();
    await().untilAsserted(() -> assertThat(kinds()).contains("like", "comment"));
    assertThat(feed()).isEmpty();
  }

  @Test
  void goesOnOnlyWhileSomebodyLooks() {
    DemoLife life = life(0);
    run(life, 40);
    assertThat(deeds()).isEqualTo(before);
    isSeen.set(true);
    run(life, 40);
    assertThat(deeds()).isGreaterThan(before);
  }

  @Test
  void leavesWhoRestrictsThemAlone() {
    for (String friend : List.of("ada", "charles")) {
      guide.put("/api/v1/accounts/me/restrictions/" + id(friend));
    }
    isSeen.set(true);
    run(life(0), 100);
    assertThat(deeds()).isEqualTo(before);
  }

  private static void run(DemoLife life, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(life.runOnce()).isFalse();
    }
  }

  private static long deeds() {
    return app.core()
        .jdbi
        .withHandle(handle ->
            handle
                .select(
                    """
                    SELECT (SELECT count(*) FROM post) + (SELECT count(*) FROM post_like)
                      + (SELECT count(*) FROM comment) + (SELECT count(*) FROM answer)
                    """)
                .mapTo(Long.class)
                .one());
  }
}
