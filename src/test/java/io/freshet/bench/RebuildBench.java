package io.freshet.bench;

import io.freshet.app.OpenApp;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Feeds rebuilt a second, out of the database alone. */
@Command(
    name = "bench/rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Rebuilds all feeds of a town from an empty cache, as `freshet feeds rebuild --all` does, and "
          + "in turns reads the same edges and posts without building anything."
    })
final class RebuildBench implements Callable<Integer> {
  private static final int AUTHORS_AT_ONCE = 1_000;
  private static final int CAPACITY = StoreFixture.WINDOW + StoreFixture.SLACK;

  @Mixin BenchTown town = new BenchTown();

  @Option(names = "--rounds", description = "rounds, after 1 to warm up: ${DEFAULT-VALUE}")
  int rounds = 3;

  @Option(names = "--json", description = "one JSON object instead of a table")
  boolean json;

  public static void main(String[] args) {
    System.exit(new CommandLine(new RebuildBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    measure().print(System.out, json);
    return 0;
  }

  Report measure() throws IOException {
    double[] seconds = new double[rounds];
    double[] bare = new double[rounds];
    long feeds = 0;
    try (OpenApp app = new OpenApp(town.prepare())) {
      BenchTown.forgetMeasuredPosts(app.jdbi());
      for (int round = -1; round < rounds; round++) {
        int i = Math.max(round, 0);
        long start = System.nanoTime();
        feeds = app.rebuildAll();
        long rebuilt = System.nanoTime();
        readOnly(app);
        seconds[i] = (rebuilt - start) / 1e9;
        bare[i] = (System.nanoTime() - rebuilt) / 1e9;
        // The first round may meet the warm-up, which overtakes some builds.
        if (round >= 0 && app.feedStore().size().orElse(0) != feeds) {
          throw new IllegalStateException("not all feeds were stored");
        }
      }
    }
    double median = new Samples(seconds).median();
    double read = new Samples(bare).median();
    return Report.of("rebuild")
        .condition(town.description())
        .condition("medians of %d rounds; nothing remembered when a round begins".formatted(rounds))
        .against("all %,d feeds".formatted(feeds), median, "s", "bare reads", read, "<= 20 s")
        .against("rebuilt", feeds / median, "feeds/s", "bare reads", feeds / read, "");
  }

  /** What a rebuild must read at least: every edge once and every author feed once. */
  private static void readOnly(OpenApp app) {
    app.walk(ids -> app.viewers().read(ids));
    List<Long> all =
        app.jdbi()
            .withHandle(
                handle -> handle.createQuery("SELECT id FROM account").mapTo(Long.class).list());
    for (int from = 0; from < all.size(); from += AUTHORS_AT_ONCE) {
      int to = Math.min(all.size(), from + AUTHORS_AT_ONCE);
      app.postStore().newest(all.subList(from, to), CAPACITY);
    }
  }
}
