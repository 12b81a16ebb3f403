package io.freshet.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Bytes a stored feed takes: the heap with full feeds less the heap without. */
@Command(
    name = "bench/memory",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the memory that full feeds take, beside 8 bytes a bare id: the heap of this process, "
          + "or a private redis-server's."
    })
final class MemoryBench implements Callable<Integer> {
  private static final int BYTES_OF_AN_ID = 8;

  @Option(names = "--store", description = "heap or redis: ${DEFAULT-VALUE}")
  Store store = Store.HEAP;

  @Option(names = "--feeds", split = ",", description = "full feeds: ${DEFAULT-VALUE}")
  int[] feeds = {20_000, 81_306};

  @Option(
      names = "--slack",
      split = ",",
      description =
          "places beside the window of 1,000 (the product's default is 24): ${DEFAULT-VALUE}")
  int[] slack = {24, 200};

  @Option(names = "--rounds", description = "rounds: ${DEFAULT-VALUE}")
  int rounds = 3;

  @Option(names = "--json", description = "one JSON object instead of a table")
  boolean json;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new MemoryBench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() {
    measure().print(System.out, json);
    return 0;
  }

  Report measure() {
    return store == Store.HEAP ? measureHeap() : measureRedis();
  }

  private Report measureRedis() {
    Report report =
        Report.of("memory --store=redis")
            .condition("used_memory with full feeds less without, and MEMORY USAGE of one");
    for (int places : slack) {
      for (int size : feeds) {
        int entries = StoreFixture.WINDOW + places;
        int bare = BYTES_OF_AN_ID * entries;
        String what = "%,d feeds of 1,000 + %d: ".formatted(size, places);
        try (RedisFixture fixture = new RedisFixture(size, places)) {
          long empty = fixture.usedBytes();
          fixture.fill();
          double feed = (double) (fixture.usedBytes() - empty) / size;
          report
              .against(what + "a feed", feed, "bytes", "its bare ids", bare, "<= 11,500 (11.5 KB)")
              .against(
                  what + "a feed, MEMORY USAGE",
                  (double) fixture.bytesOfOneFeed(),
                  "bytes",
                  "its bare ids",
                  bare,
                  "")
              .against(what + "an entry", feed / entries, "bytes", "a bare id", BYTES_OF_AN_ID, "");
        }
      }
    }
    return report;
  }

  private Report measureHeap() {
    Report report =
        Report.of("memory")
            .condition("heap after a collection, with full feeds less without")
            .condition("medians of %d rounds; all places of a feed are taken".formatted(rounds));
    for (int places : slack) {
      for (int size : feeds) {
        measure(report, size, places);
      }
    }
    return report;
  }

  private void measure(Report report, int size, int places) {
    double[] bytes = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      bytes[round] = bytesOfAFeed(size, places);
    }
    double feed = new Samples(bytes).median();
    int entries = StoreFixture.WINDOW + places;
    String what = "%,d feeds of 1,000 + %d: ".formatted(size, places);
    int bare = BYTES_OF_AN_ID * entries;
    report
        .against(what + "a feed", feed, "bytes", "its bare ids", bare, "<= 8,300 (8.3 KB)")
        .against(what + "an entry", feed / entries, "bytes", "a bare id", BYTES_OF_AN_ID, "");
  }

  private static double bytesOfAFeed(int size, int places) {
    StoreFixture fixture = new StoreFixture(size, places);
    long empty = used();
    fixture.fill();
    long full = used();
    // Asked for last, so that the store lives until it is measured.
    if (fixture.store().size().orElse(0) != size) {
      throw new IllegalStateException("not all feeds were stored");
    }
    return (double) (full - empty) / size;
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
