package io.freshet.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class RestartJourneyTest {
  private final Map<String, String> environment = new HashMap<>();
  private final List<FreshetProcess> servers = new ArrayList<>();
  private Path home = Path.of("");

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createTempDirectory("freshet-journey");
    environment.put("FRESHET_HOME", home.toString());
    environment.put("PORT", "0");
  }

  private FreshetProcess serve() {
    FreshetProcess server = FreshetProcess.serve(environment);
    servers.add(server);
    return server;
  }

  @AfterEach
  void deleteHome() throws IOException {
    servers.forEach(FreshetProcess::stop);
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  @Test
  void keepsEverythingAnsweredThroughAKillInTheMidstOfPosting() throws Exception {
    FreshetProcess server = serve();
    String author = token(server, "author", "Ann");
    String reader = token(server, "reader", "Rita");
    send(server, "PUT", "/api/v1/accounts/me/follows/" + id("author"), reader, "");
    List<String> answered = Collections.synchronizedList(new ArrayList<>());
    Thread poster = Thread.ofVirtual().start(() -> postUntilKilled(server, author, answered));
    await().until(() -> answered.size() >= 50);
    server.kill();
    poster.join();

    FreshetProcess again = serve();
    try {
      assertThat(feedOf(again, reader)).containsAll(answered);
      FreshetProcess.Outcome verified =
          FreshetProcess.run(environment, "feeds", "verify", "--all", "--json");
      assertThat(verified.code()).as(verified.err()).isZero();
      assertThat(Json.MAPPER.readTree(verified.out()).path("differences").asLong()).isZero();
      assertThat(verified.err()).doesNotContain("No server is running");
    } finally {
      again.stop();
    }
    assertThat(home.resolve("postgres/data/postmaster.pid")).doesNotExist();
    assertThat(home.resolve("run/server.json")).doesNotExist();
  }

  private static void postUntilKilled(FreshetProcess server, String author, List<String> answered) {
    try {
      while (true) {
        JsonNode post = send(server, "POST", "/api/v1/posts", author, "{\"text\":\"a post\"}");
        answered.add(post.path("id").asString());
      }
    } catch (Exception e) {
      // Killed: what was under way has no answer.
    }
  }

  private static List<String> feedOf(FreshetProcess server, String reader) throws Exception {
    List<String> ids = new ArrayList<>();
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      String from = cursor.get().isEmpty() ? "" : "&cursor=" + cursor.get();
      JsonNode page = send(server, "GET", "/api/v1/feed?limit=100" + from, reader, "");
      page.path("items").forEach(post -> ids.add(post.path("id").asString()));
      cursor = page.path("nextCursor").asStringOpt();
    }
    return ids;
  }

  @Test
  void importsIntoARunningServerWhoseCachesThenForget() throws Exception {
    FreshetProcess server = serve();
    try {
      Path graph = Files.writeString(home.resolve("g.edges"), "1 2\n2 3\n");
      FreshetProcess.Outcome imported =
          FreshetProcess.run(
              environment,
              "import",
              "graph",
              graph.toString(),
              "--posts-per-account",
              "2",
              "--star",
              "--password",
              "very long password");
      assertThat(imported.code()).as(imported.err()).isZero();
      String token = signIn(server, "n2", "very long password");
      assertThat(send(server, "GET", "/api/v1/feed", token, "").path("items")).hasSize(6);
    } finally {
      server.stop();
    }
  }

  @Test
  void leavesNoDatabaseRunningWhenThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      environment.put("PORT", Integer.toString(taken.getLocalPort()));
      FreshetProcess.Outcome outcome = FreshetProcess.run(environment, "serve");
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err().lines())
          .singleElement()
          .asString()
          .contains("Port " + taken.getLocalPort() + " is in use");
    }
    assertThat(home.resolve("postgres/data/PG_VERSION")).exists();
    assertThat(home.resolve("postgres/data/postmaster.pid")).doesNotExist();
  }

  private String id(String handle) {
    FreshetProcess.Outcome shown =
        FreshetProcess.run(environment, "accounts", "show", handle, "--json");
    return Json.MAPPER.readTree(shown.out()).path("id").asString();
  }

  private String token(FreshetProcess server, String handle, String firstName) throws Exception {
    send(
        server,
        "POST",
        "/api/v1/accounts",
        "",
        "{\"handle\":\"%s\",\"password\":\"very long password\",\"firstName\":\"%s\"}"
            .formatted(handle, firstName));
    return signIn(server, handle, "very long password");
  }

  private String signIn(FreshetProcess server, String handle, String password) throws Exception {
    return send(
            server,
            "POST",
            "/api/v1/sessions",
            "",
            "{\"handle\":\"%s\",\"password\":\"%s\"}".formatted(handle, password))
        .path("token")
        .asString();
  }

  private static JsonNode send(
      FreshetProcess server, String method, String path, String token, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      assertThat(response.statusCode())
          .as(method + " " + path + ": " + response.body())
          .isBetween(200, 299);
      return response.body().isEmpty()
          ? Json.MAPPER.nullNode()
          : Json.MAPPER.readTree(response.body());
    }
  }
}
