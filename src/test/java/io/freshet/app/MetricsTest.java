package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import io.freshet.testkit.RabbitServer;
import io.freshet.testkit.RedisServer;
import io.freshet.testkit.TestDatabase;
import io.freshet.web.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

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
      watch(
          Map.of(
              "REDIS_URL",
              redis.url(),
              "FRESHET_RABBITMQ_URL",
              rabbit.url(),
              "DATABASE_REPLICA_URL",
              TestDatabase.url()),
          "cluster");
    }
  }

  private static void watch(Map<String, String> settings, String name) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("FRESHET_HOME", home.resolve(name).toString());
    environment.put("FRESHET_HTTP_HOST", "127.0.0.1");
    environment.put("PORT", "0");
    environment.put("FRESHET_MAIL_DEV", "true");
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

  @Test
  void answersEveryQueryOfTheDashboard() throws IOException {
    JsonNode dashboard =
        Json.MAPPER.readTree(Files.readString(Path.of("deploy", "grafana", "freshet.json")));
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      panel.path("targets").forEach(target -> queries.add(target.path("expr").asString()));
      assertThat(panel.path("type").asString().equals("row") || !panel.path("targets").isEmpty())
          .as(panel.path("title").asString())
          .isTrue();
    }
    assertThat(queries).hasSizeGreaterThan(40);
    Set<String> shown = new TreeSet<>();
    for (String query : queries) {
      PromQuery read = PromQuery.read(query);
      assertThat(read.missingOn(PAGE)).as(query).isEmpty();
      read.selectors().forEach(selector -> shown.add(selector.metric()));
    }
    for (String family : PAGE.own().keySet()) {
      assertThat(shown).as(family + " is on no panel").anyMatch(name -> name.startsWith(family));
    }
    for (JsonNode variable : dashboard.path("templating").path("list")) {
      Matcher values =
          Pattern.compile("label_values\\((\\w+), \\w+\\)")
              .matcher(variable.path("query").asString());
      assertThat(!values.matches() || PAGE.samples().containsKey(values.group(1))).isTrue();
    }
  }

  @Test
  void hasWhatEveryAlertAsksForAndARunbookForEach() throws IOException {
    Set<String> alerts = new TreeSet<>();
    for (Map<?, ?> rule : alertRules()) {
      String name = String.valueOf(rule.get("alert"));
      assertThat(PromQuery.read(String.valueOf(rule.get("expr"))).missingOn(PAGE))
          .as(name)
          .isEmpty();
      assertThat(String.valueOf(rule.get("annotations"))).contains("summary=", "#alerts");
      assertThat(String.valueOf(rule.get("labels"))).matches("\\{severity=(critical|warning)}");
      assertThat(alerts.add(name)).as(name + " is there once").isTrue();
    }
    Set<String> runbook = new TreeSet<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `(Freshet\\w+)` \\| \\S.* \\| \\S.* \\|$")
            .matcher(Files.readString(Path.of("docs", "operations.md")));
    while (row.find()) {
      runbook.add(row.group(1));
    }
    assertThat(alerts).hasSizeGreaterThan(10).isEqualTo(runbook);
  }

  private static List<Map<?, ?>> alertRules() throws IOException {
    String text = Files.readString(Path.of("deploy", "prometheus", "alerts.yaml"));
    List<Map<?, ?>> rules = new ArrayList<>();
    Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    for (Object group : (List<?>) Objects.requireNonNull(file.get("groups"))) {
      Object all = ((Map<?, ?>) group).get("rules");
      for (Object rule : (List<?>) Objects.requireNonNull(all)) {
        rules.add((Map<?, ?>) rule);
      }
    }
    return rules;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rate(freshet_http_requests_seconds_count[5m]) | freshet_http_requests_seconds_count",
        "sum by (rout) (rate(freshet_http_request_seconds_count[5m])) | rout",
        "freshet_queue_waiting{lane=\"events\"} / freshet_queue_wating | freshet_queue_wating",
        "freshet_queue_waiting{lane=\"evnts\"} | freshet_queue_waiting",
        "freshet_queue_waiting{line=\"events\"} | freshet_queue_waiting",
        "freshet_http_request_seconds{route=\"/health/live\"} | freshet_http_request_seconds"
      })
  void doesNotAnswerAQueryThatIsMisspelt(String query, String missing) {
    assertThat(PromQuery.read(query).missingOn(PAGE))
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith(missing);
  }
}
