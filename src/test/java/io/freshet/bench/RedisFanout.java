package io.freshet.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;

/** Entries inserted a second into feeds in Redis, beside the bare writes of redis-benchmark. */
final class RedisFanout {
  private static final String PEER = "redis-benchmark, LPUSHX + LTRIM";

  private RedisFanout() {}

  static Report measure(int[] feeds, int[] batches, int entries, int rounds)
      throws IOException, InterruptedException, ExecutionException {
    Report report =
        Report.of("fanout --store=redis")
            .condition("full feeds of 1,000 + 24; a batch is one post and random readers, 8 shards")
            .condition("one redis-server, nothing saved; a core: of the server's processor time")
            .condition(
                "medians of %d rounds of %,d entries, bare writes and store in turns"
                    .formatted(rounds, entries));
    for (int size : feeds) {
      try (RedisFixture fixture = new RedisFixture(size, StoreFixture.SLACK)) {
        fixture.fill();
        fixture.fillBare();
        for (int batch : batches) {
          measure(report, fixture, size, batch, entries, rounds);
        }
      }
    }
    return report;
  }

  private static void measure(
      Report report, RedisFixture fixture, int size, int batch, int entries, int rounds)
      throws IOException, InterruptedException, ExecutionException {
    RedisFixture.Cost[] bare = new RedisFixture.Cost[rounds];
    RedisFixture.Cost[] ours = new RedisFixture.Cost[rounds];
    for (int round = -1; round < rounds; round++) {
      int i = Math.max(round, 0);
      bare[i] = fixture.bare(entries);
      ours[i] = fixture.insert(entries, batch, round);
    }
    String what = "%,d feeds, batches of %,d: ".formatted(size, batch);
    report
        .against(
            what + "a core",
            1e3 / median(ours, RedisFixture.Cost::core),
            "K entries/s",
            PEER,
            1e3 / median(bare, RedisFixture.Cost::core),
            "ratio >= 0.8, >= 500 K")
        .against(
            what + "by the clock",
            1e3 / median(ours, RedisFixture.Cost::wall),
            "K entries/s",
            PEER,
            1e3 / median(bare, RedisFixture.Cost::wall),
            "");
  }

  private static double median(
      RedisFixture.Cost[] costs, ToDoubleFunction<RedisFixture.Cost> part) {
    return new Samples(Arrays.stream(costs).mapToDouble(part).toArray()).median();
  }
}
