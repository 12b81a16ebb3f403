package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.bench.Report.Figure;
import io.freshet.platform.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Each benchmark at a size that takes moments: it must measure something, not something fast. */
class BenchesRunTest {
  @Test
  void measuresInsertsBesideBareWrites() throws Exception {
    FanoutBench bench = new FanoutBench();
    bench.feeds = new int[] {200};
    bench.batch = new int[] {50};
    bench.entries = 5_000;
    bench.rounds = 3;
    bench.starPosts = 0;
    Report report = bench.measure();
    assertThat(report.figures()).hasSize(4);
    assertThat(report.figures()).allSatisfy(BenchesRunTest::isHeldAgainstAPeer);
  }

  @Test
  void measuresInsertsIntoRedisBesideBareWrites() throws Exception {
    FanoutBench bench = new FanoutBench();
    bench.store = Store.REDIS;
    bench.feeds = new int[] {50};
    bench.batch = new int[] {40};
    bench.entries = 4_000;
    bench.rounds = 1;
    Report report = bench.measure();
    assertThat(report.figures()).hasSize(2);
    assertThat(report.figures()).allSatisfy(BenchesRunTest::isHeldAgainstAPeer);
  }

  @Test
  void measuresTheMemoryOfAFeedInRedis() {
    MemoryBench bench = new MemoryBench();
    bench.store = Store.REDIS;
    bench.feeds = new int[] {1_000};
    bench.slack = new int[] {24};
    assertThat(bench.measure().figures().getFirst().value()).isBetween(9_000.0, 14_000.0);
  }

  @Test
  void measuresTheHeapOfAFeedBesideItsIds() {
    MemoryBench bench = new MemoryBench();
    bench.feeds = new int[] {4_096};
    bench.slack = new int[] {24};
    bench.rounds = 3;
    Figure feed = bench.measure().figures().getFirst();
    isHeldAgainstAPeer(feed);
    // Wide, since other tests' objects live and die in the same heap.
    assertThat(feed.value()).isBetween(4_096.0, 16_384.0);
  }

  @Test
  void printsATableOrOneJsonObject() {
    Report report =
        Report.of("example")
            .condition("on paper")
            .against("speed", 5, "M/s", "limit", 10, ">= 0.4")
            .figure("size", 8_200, "bytes", "<= 8,300");
    assertThat(printed(report, false))
        .contains("on paper")
        .containsPattern("speed +5\\.00 M/s +limit +10\\.0 M/s +0\\.500 +>= 0\\.4")
        .containsPattern("size +8,200 bytes +<= 8,300");
    String json = printed(report, true);
    assertThat(json.strip().lines()).hasSize(1);
    Report read = Json.read(json.getBytes(StandardCharsets.UTF_8), Report.class);
    assertThat(read.figures()).isEqualTo(report.figures());
  }

  @Test
  void takesPercentilesByNearestRank() {
    Samples samples = new Samples(new double[] {5, 1, 4, 2, 3});
    assertThat(samples.median()).isEqualTo(3);
    assertThat(samples.percentile(99)).isEqualTo(5);
    assertThat(samples.percentile(20)).isEqualTo(1);
  }

  @Test
  void readsWhatWrkPrints() {
    String said =
        """
          Latency Distribution
             50%  494.00us
             99%    6.60ms
        Requests/sec:  50314.25
        """;
    assertThat(Wrk.read(said)).isEqualTo(new Wrk.Outcome(50_314.25, 0.494, 6.6));
    assertThatThrownBy(() -> Wrk.read(said + "  Non-2xx or 3xx responses: 7"))
        .hasMessageContaining("Non-2xx or 3xx responses: 7");
  }

  private static void isHeldAgainstAPeer(Figure figure) {
    assertThat(figure.value()).isPositive();
    assertThat(figure.peerValue().orElseThrow()).isPositive();
    assertThat(figure.ratio().orElseThrow()).isPositive();
  }

  private static String printed(Report report, boolean json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), json);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
