package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.bench.Report.Figure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks of the whole in a made-up town of a few hundred. */
@Tag("slow")
class WholeBenchesRunTest {
  private static final int PEOPLE = 300;

  @TempDir static Path home;

  @Test
  void measuresTheWayFromPostsToEntries() throws Exception {
    FanoutBench bench = new FanoutBench();
    smallen(bench.town);
    bench.feeds = new int[] {200};
    bench.batch = new int[] {100};
    bench.entries = 20_000;
    bench.rounds = 1;
    bench.starPosts = 3;
    bench.authors = 20;
    List<Figure> figures = bench.measure().figures();
    assertThat(figures).hasSize(7);
    assertThat(figures).allSatisfy(figure -> assertThat(figure.ratio().orElseThrow()).isPositive());
    assertThat(figures.getFirst().name()).contains("posts with 300 followers");
  }

  @Test
  void measuresHowFastFeedsAreRebuilt() throws Exception {
    RebuildBench bench = new RebuildBench();
    smallen(bench.town);
    bench.rounds = 1;
    List<Figure> figures = bench.measure().figures();
    assertThat(figures.getFirst().name()).isEqualTo("all 301 feeds");
    assertThat(figures).allSatisfy(figure -> assertThat(figure.ratio().orElseThrow()).isPositive());
  }

  @Test
  void measuresWhenPostsArriveInFeeds() throws Exception {
    PostToFeedBench bench = new PostToFeedBench();
    smallen(bench.town);
    bench.rates = new int[] {30};
    bench.starRate = 7;
    bench.seconds = 1;
    bench.rounds = 1;
    List<Figure> figures = bench.measure().figures();
    assertThat(figures).hasSize(6);
    assertThat(figures).allSatisfy(figure -> assertThat(figure.value()).isPositive());
  }

  @Test
  void measuresLiveConnectionsAndEvents() throws Exception {
    LiveBench bench = new LiveBench();
    bench.home = home.resolve("live");
    bench.connections = 100;
    bench.hold = 0;
    bench.readers = 60;
    bench.authors = 10;
    bench.rate = 20;
    bench.seconds = 1;
    bench.starPosts = 1;
    bench.heap = "256m";
    Map<String, Double> figures =
        bench.measure().figures().stream()
            .collect(Collectors.toMap(Figure::name, Figure::value, (first, second) -> second));
    assertThat(figures).hasSize(23).containsEntry("connections held", 100.0);
    assertThat(figures.get("events heard"))
        .isGreaterThanOrEqualTo(figures.get("posts written meanwhile"));
    assertThat(figures).containsEntry("events missed or twice", 0.0);
  }

  private static void smallen(BenchTown town) {
    town.graph = home.resolve("no-such-graph");
    town.people = PEOPLE;
    town.posts = 3;
    town.home = home;
  }
}
