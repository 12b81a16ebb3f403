package io.freshet.bench;

import io.freshet.app.OpenApp;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long after the answer to its author a post is in the feeds of all followers. */
@Command(
    name = "bench/post-to-feed",
    mixinStandardHelpOptions = true,
    description = {
      "Random accounts post at a fixed rate, whether or not earlier posts have arrived; the time runs "
          + "from the answer to the author until the post is in every follower's stored feed. In turns "
          + "without and with an account posting whom everybody follows."
    })
final class PostToFeedBench implements Callable<Integer> {
  @Mixin BenchTown town = new BenchTown();

  @Option(names = "--rate", split = ",", description = "posts a second: ${DEFAULT-VALUE}")
  int[] rates = {50, 231};

  @Option(names = "--star-rate", description = "the star's posts a second: ${DEFAULT-VALUE}")
  int starRate = 1;

  @Option(names = "--seconds", description = "seconds of each turn: ${DEFAULT-VALUE}")
  int seconds = 10;

  @Option(names = "--rounds", description = "turns of each kind: ${DEFAULT-VALUE}")
  int rounds = 2;

  @Option(names = "--json", description = "one JSON object instead of a table")
  boolean json;

  public static void main(String[] args) {
    System.exit(new CommandLine(new PostToFeedBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    measure().print(System.out, json);
    return 0;
  }

  Report measure() throws IOException, InterruptedException {
    Report report =
        Report.of("post-to-feed")
            .condition(town.description())
            .condition(
                "in process; %d turns of %d s each; the star posts %d a second; feeds looked at every 0.1 ms"
                    .formatted(rounds, seconds, starRate))
            .condition("of the star's followers the last and 1,000 others are looked at");
    try (OpenApp app = new OpenApp(town.prepare())) {
      BenchTown.forgetMeasuredPosts(app.jdbi());
      app.storeAll();
      PostLoad load = new PostLoad(app);
      for (int rate : rates) {
        measure(report, load, rate);
      }
    }
    return report;
  }

  private void measure(Report report, PostLoad load, int rate) throws InterruptedException {
    PostLoad.Times idle = new PostLoad.Times();
    PostLoad.Times busy = new PostLoad.Times();
    load.run(rate, starRate, Math.max(1, seconds / 2), new PostLoad.Times());
    for (int round = 0; round < rounds; round++) {
      load.run(rate, 0, seconds, idle);
      load.run(rate, starRate, seconds, busy);
    }
    String what = rate + "/s: ";
    Samples answers = Samples.of(idle.answers());
    Samples alone = Samples.of(idle.arrivals());
    Samples beside = Samples.of(busy.arrivals());
    Samples stars = Samples.of(busy.stars());
    report
        .against(what + "p50", alone.median(), "ms", "writing the post", answers.median(), "")
        .against(
            what + "p99",
            alone.percentile(99),
            "ms",
            "writing the post",
            answers.percentile(99),
            "<= 5 ms")
        .against(what + "p50 beside the star", beside.median(), "ms", "idle", alone.median(), "")
        .against(
            what + "p99 beside the star",
            beside.percentile(99),
            "ms",
            "idle",
            alone.percentile(99),
            "ratio <= 2")
        .against(
            what + "the star's p50", stars.median(), "ms", "others'", beside.median(), "<= 200 ms")
        .figure(what + "the star's p99", stars.percentile(99), "ms", "");
  }
}
