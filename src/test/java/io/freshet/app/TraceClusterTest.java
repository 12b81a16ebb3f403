package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.testkit.Cluster;
import io.freshet.testkit.TraceCollector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace over two processes, RabbitMQ and Redis. */
class TraceClusterTest {
  private static final String LIVE = "live publish";

  @TempDir private Path directory = Path.of("");

  @Test
  void leadsFromThePostOnOneNodeToTheFanoutOnTheOther() {
    try (TraceCollector collector = TraceCollector.start();
        Cluster cluster = Cluster.prepare(directory, shape(collector), step -> {})) {
      cluster.startNodes();
      int port = URI.create(cluster.node("web-1").address()).getPort();
      try (TracedPost people = TracedPost.on(port, port)) {
        people.post(TracedPost.sampled(TracedPost.TRACE));
        people.bobHearsOfAPost();
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() ->
                assertThat(collector.wayTo(TracedPost.TRACE, LIVE))
                    .as(() -> collector.spans() + cluster.tails(30))
                    .containsExactly(
                        "POST /api/v1/posts",
                        "outbox post-published",
                        "task post-published",
                        "task fanout-batch",
                        LIVE));
        // The outbox is relayed by whichever process comes first.
        assertThat(process(collector, "POST /api/v1/posts"))
            .isNotEqualTo(process(collector, "task post-published"));
        assertThat(process(collector, LIVE)).isEqualTo(process(collector, "task fanout-batch"));
        Set<String> instances =
            collector.spans().stream()
                .map(span -> span.process().get("service.instance.id"))
                .collect(Collectors.toSet());
        assertThat(instances).hasSize(2);
      }
    }
  }

  private static String process(TraceCollector collector, String step) {
    return String.valueOf(
        collector.span(TracedPost.TRACE, step).process().get("service.instance.id"));
  }

  private static Cluster.Shape shape(TraceCollector collector) {
    return new Cluster.Shape(
        Map.of("web-1", "web", "worker-1", "worker,scheduler"),
        Map.of("FRESHET_TRACING_ENDPOINT", collector.endpoint(), "FRESHET_TRACING_SAMPLE", "1"));
  }
}
