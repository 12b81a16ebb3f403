package io.freshet.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.DatabaseAddress;
import io.freshet.testkit.ApiClient;
import io.freshet.testkit.ApiClient.Ask;
import io.freshet.testkit.ApiClient.Reply;
import io.freshet.testkit.FreshetNode;
import io.freshet.testkit.RabbitServer;
import io.freshet.testkit.RedisServer;
import io.freshet.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two web nodes and two workers as processes, with RabbitMQ and Redis: a reader who is connected to
 * one node hears what is posted through the other.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveClusterTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern INSERTED =
      Pattern.compile("\"event\":\"inserted\",\"post\":\"(\\d+)\"");

  private final DatabaseAddress database = TestDatabase.address();
  private final ApiClient api = new ApiClient();
  private final RedisServer redis = RedisServer.start();
  private final RabbitServer rabbit = RabbitServer.start();
  private final List<FreshetNode> nodes = new ArrayList<>();
  private final List<String> posted = new ArrayList<>();
  private String author = "";
  private String reader = "";
  private String channel = "";

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    for (String roles : List.of("web", "web,worker,scheduler", "worker,scheduler")) {
      nodes.add(node("node-" + nodes.size(), directory, roles));
    }
    nodes.forEach(FreshetNode::start);
    nodes.forEach(FreshetNode::awaitReady);
    author = register("author");
    reader = register("reader");
    channel = "personal:#" + id(reader);
    call(here(), "PUT", "/api/v1/accounts/me/follows/" + id(author), reader, "");
    call(here(), "GET", "/api/v1/feed", reader, "");
  }

  @AfterAll
  void stop() {
    nodes.forEach(FreshetNode::close);
    rabbit.close();
    redis.close();
    api.close();
  }

  private FreshetNode node(String name, Path directory, String roles) {
    return new FreshetNode(
        name,
        directory,
        Map.of(
            "FRESHET_ROLES",
            roles,
            "DATABASE_URL",
            LiveServer.url(database),
            "REDIS_URL",
            redis.url(),
            "FRESHET_RABBITMQ_URL",
            rabbit.url(),
            "FRESHET_SECRET",
            "the secret of a cluster that lives for a test"));
  }

  /** The node that the reader is connected to. */
  private FreshetNode here() {
    return nodes.get(0);
  }

  /** The node that is posted through; it works too. */
  private FreshetNode there() {
    return nodes.get(1);
  }

  private Reply call(FreshetNode node, String method, String path, String token, String body)
      throws IOException, InterruptedException {
    Reply reply = api.send(Ask.of(method, node.address() + path, token, body));
    assertThat(reply.isDone()).as("%s %s: %s", method, path, reply).isTrue();
    return reply;
  }

  private String register(String handle) throws IOException, InterruptedException {
    call(
        here(),
        "POST",
        "/api/v1/accounts",
        "",
        "{\"handle\":\"%s\",\"password\":\"a long enough password\",\"firstName\":\"A\",\"lastName\":\"B\"}"
            .formatted(handle));
    return call(
            here(),
            "POST",
            "/api/v1/sessions",
            "",
            "{\"handle\":\"%s\",\"password\":\"a long enough password\"}".formatted(handle))
        .json()
        .path("token")
        .asString();
  }

  private String id(String token) throws IOException, InterruptedException {
    return call(here(), "GET", "/api/v1/accounts/me", token, "").json().path("id").asString();
  }

  private JavaReader listen() throws IOException, InterruptedException {
    String token =
        call(here(), "POST", "/api/v1/live/tokens", reader, "").json().path("token").asString();
    JavaReader listener = JavaReader.connect(port(here()), token);
    listener.journal.sees("subscribed " + channel);
    return listener;
  }

  private static int port(FreshetNode node) {
    return java.net.URI.create(node.address()).getPort();
  }

  private void post(FreshetNode node) throws IOException, InterruptedException {
    posted.add(
        call(node, "POST", "/api/v1/posts", author, "{\"text\":\"a post\"}")
            .json()
            .path("id")
            .asString());
  }

  /**
   * Those of the posts that the reader heard of, in the order of the stream. An earlier one may be
   * told once more, when the task of a process that was killed is taken up again.
   */
  private List<String> heard(JavaReader listener) {
    return listener.journal.lines().stream()
        .flatMap(line -> INSERTED.matcher(line).results())
        .map((MatchResult found) -> found.group(1))
        .filter(posted::contains)
        .toList();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
  }

  private boolean isLiveReady() throws IOException, InterruptedException {
    return call(here(), "GET", "/metrics", "", "").text().contains("freshet_live_ready 1.0");
  }

  @Test
  void hearsOnceAndInOrderWhatIsPostedThroughAnotherNode() throws Exception {
    posted.clear();
    try (JavaReader listener = listen()) {
      for (int i = 1; i <= 20; i++) {
        post(there());
        int count = i;
        eventually(() -> assertThat(heard(listener)).hasSize(count));
      }
      assertThat(heard(listener)).containsExactlyElementsOf(posted);
    }
  }

  @Test
  void missesNothingWhenTheOtherNodeIsKilled() throws Exception {
    posted.clear();
    try (JavaReader listener = listen()) {
      for (int i = 0; i < 30; i++) {
        post(there());
      }
      there().kill();
      for (int i = 0; i < 10; i++) {
        post(here());
      }
      eventually(() -> assertThat(heard(listener)).containsExactlyInAnyOrderElementsOf(posted));
    } finally {
      there().start();
      there().awaitReady();
    }
  }

  @Test
  void saysThatTheBrokerIsAwayAndHealsWhenItIsBack() throws Exception {
    posted.clear();
    eventually(() -> assertThat(isLiveReady()).isTrue());
    try (JavaReader listener = listen()) {
      rabbit.kill();
      eventually(() -> assertThat(isLiveReady()).isFalse());
      for (int i = 0; i < 10; i++) {
        post(there());
      }
      rabbit.restart();
      eventually(() -> assertThat(isLiveReady()).isTrue());
      post(there());
      eventually(() -> assertThat(heard(listener)).containsExactlyInAnyOrderElementsOf(posted));
    }
  }

  @Test
  void recoversWhatWasPostedWhileTheReaderWasAway() throws Exception {
    posted.clear();
    try (JavaReader listener = listen()) {
      here().kill();
      post(there());
      post(there());
      here().start();
      here().awaitReady();
      listener.journal.sees("subscribed " + channel + ", recovered");
      post(there());
      eventually(() -> assertThat(heard(listener)).containsExactlyInAnyOrderElementsOf(posted));
    }
  }
}
