package io.freshet.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Entries inserted a second into a store of feeds, against bare writes. */
@Command(
    name = "bench/fanout",
    mixinStandardHelpOptions = true,
    description = {
      "Inserts posts into full feeds of the heap store, batch by batch as the fan-out does, and "
          + "writes 8 bytes to random places of as much memory, in turns; before that the same end to end, "
          + "from written posts through outbox, queue and follower pages of an embedded PostgreSQL.",
      "With --store=redis: into a private redis-server, in turns with redis-benchmark that does the "
          + "bare writes, LPUSHX and LTRIM, to as many lists."
    })
final class FanoutBench implements Callable<Integer> {
  private static final String TARGET = ">= 50 M/s a core";
  private static final int BATCHES = 400;
  private static final int END_TO_END_ROUNDS = 3;

  @Option(names = "--store", description = "heap or redis: ${DEFAULT-VALUE}")
  Store store = Store.HEAP;

  @Option(
      names = "--feeds",
      split = ",",
      description = "full feeds in the store: 20,000 and 100,000; redis: 10,000")
  int[] feeds = {};

  @Option(
      names = "--batch",
      split = ",",
      description = "followers a batch: 500 and 1,000; redis: 4,000, 500 a shard")
  int[] batch = {};

  @Option(names = "--entries", description = "entries a round: 4,000,000; redis: 1,000,000")
  int entries = 0;

  @Option(names = "--rounds", description = "rounds, after 3 to warm up: ${DEFAULT-VALUE}")
  int rounds = 9;

  @Option(
      names = "--star-posts",
      description =
          "posts that all follow, a round end to end; 0: not end to end: ${DEFAULT-VALUE}")
  int starPosts = 20;

  @Option(names = "--authors", description = "other posts, a round end to end: ${DEFAULT-VALUE}")
  int authors = 2_000;

  @Mixin BenchTown town = new BenchTown();

  @Option(names = "--json", description = "one JSON object instead of a table")
  boolean json;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new FanoutBench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException, IOException {
    measure().print(System.out, json);
    return 0;
  }

  Report measure() throws InterruptedException, ExecutionException, IOException {
    boolean heap = store == Store.HEAP;
    feeds = feeds.length > 0 ? feeds : heap ? new int[] {20_000, 100_000} : new int[] {10_000};
    batch = batch.length > 0 ? batch : heap ? new int[] {500, 1_000} : new int[] {4_000};
    entries = entries > 0 ? entries : heap ? 4_000_000 : 1_000_000;
    return heap ? measureHeap() : RedisFanout.measure(feeds, batch, entries, rounds);
  }

  private Report measureHeap() throws InterruptedException, ExecutionException, IOException {
    Report report =
        Report.of("fanout")
            .condition("full feeds of 1,000 entries + 24; a batch is one post and random readers")
            .condition(
                "medians of %d rounds of %,d entries, limit and store in turns; one thread: core time"
                    .formatted(rounds, entries));
    if (starPosts > 0) {
      FanoutPath.measure(report, town, starPosts, authors, Math.min(rounds, END_TO_END_ROUNDS));
    }
    for (int size : feeds) {
      StoreFixture fixture = new StoreFixture(size);
      fixture.fill();
      BareMemory bare = new BareMemory(size * (StoreFixture.WINDOW + StoreFixture.SLACK));
      for (int followers : batch) {
        measure(report, fixture, bare, size, followers);
      }
    }
    return report;
  }

  private void measure(
      Report report, StoreFixture fixture, BareMemory bare, int size, int followers)
      throws InterruptedException, ExecutionException {
    int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
    List<long[][]> batches =
        IntStream.range(0, threads).mapToObj(i -> fixture.batches(BATCHES, followers, i)).toList();
    double[][] nanos = new double[4][rounds];
    for (int round = -3; round < rounds; round++) {
      int i = Math.max(round, 0);
      nanos[0][i] = bare.randomWrite(entries);
      nanos[1][i] = bare.sequentialWrite(entries);
      nanos[2][i] = fixture.insert(batches.getFirst(), entries);
      nanos[3][i] = together(fixture, batches);
    }
    double random = new Samples(nanos[0]).median();
    double sequential = new Samples(nanos[1]).median();
    double insert = new Samples(nanos[2]).median();
    double both = new Samples(nanos[3]).median();
    String what = "%,d feeds, batches of %,d".formatted(size, followers);
    report
        .against(what + ": an insert", insert, "ns", "random 8-byte write", random, "")
        .against(what + ": an insert", insert, "ns", "sequential write", sequential, "")
        .against(what, 1e3 / insert, "M entries/s", "random writes", 1e3 / random, TARGET)
        .against(
            what + ", %d threads".formatted(threads),
            1e3 / both,
            "M entries/s",
            "1 thread",
            1e3 / insert,
            "");
  }

  /** Nanoseconds an entry of all threads together. */
  private double together(StoreFixture fixture, List<long[][]> batches)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(batches.size())) {
      long start = System.nanoTime();
      List<Future<Double>> running =
          batches.stream().map(own -> threads.submit(() -> fixture.insert(own, entries))).toList();
      for (Future<Double> thread : running) {
        thread.get();
      }
      return (double) (System.nanoTime() - start) / ((long) entries * batches.size());
    }
  }
}
