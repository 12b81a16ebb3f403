package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.FreshetConfig;
import io.freshet.testkit.TestDatabase;
import io.freshet.testkit.TraceCollector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traces of a Freshet that stands alone, as a collector gets them. */
class TraceTest {
  private static final TraceCollector COLLECTOR = TraceCollector.start();
  private static final String LIVE = "live publish";

  @TempDir private static Path home;
  private static final Closing CLOSING = new Closing();
  private static TracedPost people;

  @BeforeAll
  static void start() {
    CLOSING.add(COLLECTOR);
    FreshetConfig config =
        FreshetConfig.load(
            Map.of(
                "FRESHET_HOME", home.toString(),
                "PORT", "0",
                "FRESHET_HTTP_HOST", "127.0.0.1",
                "DATABASE_URL", TestDatabase.url(),
                "FRESHET_TRACING_ENDPOINT", COLLECTOR.endpoint(),
                "FRESHET_TRACING_AUTHORIZATION", "Bearer collector",
                "FRESHET_TRACING_SAMPLE", "1"),
            Map.of());
    App app = CLOSING.add(App.serve(config, database -> {}));
    int port = app.httpPort().orElseThrow();
    people = CLOSING.add(TracedPost.on(port, port));
  }

  @AfterAll
  static void stop() {
    CLOSING.close();
  }

  @Test
  void leadsFromThePostOverOutboxQueueAndFanoutToTheListener() {
    people.post(TracedPost.sampled(TracedPost.TRACE));
    people.bobHearsOfAPost();
    await()
        .untilAsserted(() ->
            assertThat(COLLECTOR.wayTo(TracedPost.TRACE, LIVE))
                .containsExactly(
                    "POST /api/v1/posts",
                    "outbox post-published",
                    "task post-published",
                    "task fanout-batch",
                    LIVE));
    TraceCollector.Span first = COLLECTOR.span(TracedPost.TRACE, "POST /api/v1/posts");
    assertThat(first.parent()).isEqualTo(TracedPost.CALLER);
    assertThat(first.attributes())
        .containsEntry("http.route", "/api/v1/posts")
        .containsEntry("http.response.status_code", "201")
        .containsKey("freshet.request_id");
    assertThat(first.process())
        .containsEntry("service.name", "freshet")
        .containsKeys("service.version", "service.instance.id");
    assertThat(COLLECTOR.authorizations()).contains("Bearer collector");
  }

  @Test
  void tracesNothingThatTheCallerDoesNot() {
    String unwanted = "00000000000000000000000000000bad";
    people.post("00-" + unwanted + "-" + TracedPost.CALLER + "-00");
    String later = "00000000000000000000000000000abc";
    people.post(TracedPost.sampled(later));
    await().until(() -> !COLLECTOR.wayTo(later, LIVE).isEmpty());
    assertThat(COLLECTOR.spans()).noneMatch(span -> span.trace().equals(unwanted));
  }

  @Test
  void keepsTracesApartThatGoTheWayTogether() {
    List<String> traces =
        IntStream.range(0, 20).mapToObj(i -> "%032x".formatted(0xfeed00 + i)).toList();
    traces.parallelStream().forEach(trace -> people.post(TracedPost.sampled(trace)));
    for (String trace : traces) {
      await().untilAsserted(() -> assertThat(COLLECTOR.wayTo(trace, LIVE)).as(trace).hasSize(5));
    }
  }

  @Test
  void beginsATraceOfItsOwnForACallerWhoseWordIsNotUnderstood() {
    people.post("00-not-a-trace-01");
    await()
        .until(() ->
            COLLECTOR.spans().stream()
                .anyMatch(
                    span -> span.name().equals("POST /api/v1/posts") && span.parent().isEmpty()));
  }

  @Test
  void saysNothingOfWhoAsksAndWhat() {
    people.ada().get("/api/v1/accounts?handle=ada");
    await()
        .until(() ->
            COLLECTOR.spans().stream().anyMatch(s -> s.name().equals("GET /api/v1/accounts")));
    assertThat(COLLECTOR.spans().toString())
        .doesNotContain("127.0.0.1", "handle=ada", "a long enough password", "hello");
  }
}
