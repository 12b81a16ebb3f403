package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.FreshetConfig;
import io.freshet.testkit.RabbitServer;
import io.freshet.testkit.RedisServer;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What running servers show on {@code /metrics}: one that stands alone, one of a cluster. */
class MetricsTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `(freshet_\\w+)` \\| ((?:`\\w+`(?:, )?)*) ?\\| \\S.*\\|");

  @TempDir private static Path home;
  private static final MetricsPage PAGE = new MetricsPage();

  @BeforeAll
  static void run() {
    watch(Map.of(), "alone");
    try (RedisServer redis = RedisServer.start();
        RabbitServer rabbit = RabbitServer.start()) {
      watch(Map.of("REDIS_URL", redis.url(), "FRESHET_RABBITMQ_URL", rabbit.url()), "cluster");
    }
  }

  private static void watch(Map<String, String> settings, String name) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("FRESHET_HOME", home.resolve(name).toString());
    environment.put("FRESHET_HTTP_HOST", "127.0.0.1");
    environment.put("PORT", "0");
    environment.put("DATABASE_URL", TestDatabase.url());
    FreshetConfig config = FreshetConfig.load(environment, Map.of());
    try (App app = App.serve(config, database -> {})) {
      TestClient client = TestClient.to(app.httpPort().orElseThrow());
      use(client);
      // Pauses are shown from the first one on.
      System.gc();
      Awaitility.await()
          .until(() -> client.get("/metrics").body().contains("jvm_gc_pause_seconds_count"));
      PAGE.add(client.get("/metrics").body());
    }
  }

  private static void use(TestClient client) {
    assertThat(client.get("/nowhere").status()).isEqualTo(404);
    assertThat(client.get("/api/v1/feed").status()).isEqualTo(401);
    assertThat(client.get("/health/live").status()).isEqualTo(200);
    assertThat(client.json("PATCH", "/api/v1/posts", Map.of()).status()).isEqualTo(405);
  }

  @Test
  void documentsEachMetricThatIsShownAndNoOther() throws IOException {
    Map<String, Set<String>> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("docs", "metrics.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String labels = row.group(2).replace("`", "");
        documented.put(
            row.group(1), labels.isEmpty() ? Set.of() : new TreeSet<>(List.of(labels.split(", "))));
      } else {
        assertThat(line).as("a row that this test cannot read").doesNotStartWith("| `");
      }
    }
    assertThat(documented).isEqualTo(PAGE.own());
  }

  @Test
  void namesRoutesByTheirPatternAndCallersCannotMakeUpMore() {
    String name = "freshet_http_request_seconds_count";
    assertThat(PAGE.values(name, "route"))
        .contains("/api/v1/feed", "/health/live", "none")
        .doesNotContain("/nowhere");
    assertThat(PAGE.values(name, "status")).contains("2xx", "4xx");
    assertThat(PAGE.values(name, "method")).contains("GET", "other").doesNotContain("PATCH");
  }

  @Test
  void countsProblemsByKind() {
    assertThat(PAGE.values("freshet_http_problems_total", "kind"))
        .contains("internal", "not-found", "unavailable");
  }

  @Test
  void showsTheJavaMachine() {
    assertThat(PAGE.families())
        .containsKeys("jvm_memory_used_bytes", "jvm_threads_live_threads", "jvm_gc_pause_seconds");
  }
}
