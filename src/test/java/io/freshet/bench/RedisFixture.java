package io.freshet.bench;

import io.freshet.feed.redis.RedisFeedStore;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.redis.Redis;
import io.freshet.testkit.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A private redis-server with full stored feeds, and beside them (in its database 1) as many bare
 * lists of as many entries, which redis-benchmark writes to.
 */
final class RedisFixture implements AutoCloseable {
  /** Threads that insert, so that the server always has a batch waiting. */
  private static final int WRITERS = 2;

  /** Commands that redis-benchmark sends together. */
  private static final int PIPELINE = 500;

  private static final String FILL_BARE =
      "for f = 0, ARGV[1] - 1 do local key = string.format('f:%012d', f)"
          + " for i = 1, ARGV[2] do redis.call('RPUSH', key, '12345678') end end";

  /**
   * What writing cost.
   *
   * @param core microseconds of the server's core an entry: what others on the machine do counts
   *     little
   * @param wall microseconds an entry
   */
  record Cost(double core, double wall) {}

  private final RedisServer server = RedisServer.start();
  private final Redis redis =
      Redis.open(new FreshetConfig.Redis(Optional.of(server.url()), 8, 10_000, true));
  private final StoreFixture feeds;
  private final int count;
  private final int capacity;

  RedisFixture(int feeds, int slack) {
    this.count = feeds;
    this.capacity = StoreFixture.WINDOW + slack;
    RedisFeedStore store =
        new RedisFeedStore(
            redis, StoreFixture.WINDOW, slack, RedisFeedStore.CHUNK, Duration.ofDays(30));
    this.feeds = new StoreFixture(store, feeds, capacity);
  }

  void fill() {
    feeds.fill();
  }

  void fillBare() {
    server.cli(
        "-n", "1", "EVAL", FILL_BARE, "0", Integer.toString(count), Integer.toString(capacity));
  }

  /** Inserts so many entries into the stored feeds, a new post a batch. */
  Cost insert(int entries, int batch, long seed) throws InterruptedException, ExecutionException {
    List<long[][]> batches = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      batches.add(feeds.batches(100, Math.min(batch, count / WRITERS), seed + i, i, WRITERS));
    }
    double core = coreMicros();
    long start = System.nanoTime();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Double>> running = new ArrayList<>();
      for (long[][] mine : batches) {
        running.add(writers.submit(() -> feeds.insert(mine, entries / WRITERS)));
      }
      for (Future<Double> one : running) {
        one.get();
      }
    }
    double wall = (System.nanoTime() - start) / 1e3;
    return new Cost((coreMicros() - core) / entries, wall / entries);
  }

  /** redis-benchmark does LPUSHX and LTRIM, so many of each, on lists at random. */
  Cost bare(int entries) throws IOException, InterruptedException {
    double core = coreMicros();
    long start = System.nanoTime();
    benchmark(entries, "LPUSHX", "f:__rand_int__", "12345678");
    benchmark(entries, "LTRIM", "f:__rand_int__", "0", Integer.toString(capacity - 1));
    double wall = (System.nanoTime() - start) / 1e3;
    return new Cost((coreMicros() - core) / entries, wall / entries);
  }

  private void benchmark(int times, String... operation) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "redis-benchmark",
                "-p",
                Integer.toString(server.port()),
                "--dbnum",
                "1",
                "-q",
                "-c",
                "4",
                "-P",
                Integer.toString(PIPELINE),
                "-r",
                Integer.toString(count),
                "-n",
                Integer.toString(times)));
    command.addAll(List.of(operation));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0 || said.contains("ERR")) {
      throw new IllegalStateException("redis-benchmark failed: " + said);
    }
  }

  /** Bytes of one full feed as MEMORY USAGE counts all of it. */
  long bytesOfOneFeed() {
    String key = server.cli("--scan", "--pattern", "*:f:*").lines().findFirst().orElseThrow();
    return Long.parseLong(server.cli("MEMORY", "USAGE", key, "SAMPLES", "0"));
  }

  long usedBytes() {
    return Long.parseLong(info("memory", "used_memory"));
  }

  private double coreMicros() {
    return 1e6
        * (Double.parseDouble(info("cpu", "used_cpu_user"))
            + Double.parseDouble(info("cpu", "used_cpu_sys")));
  }

  private String info(String section, String field) {
    return server
        .cli("INFO", section)
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    redis.close();
    server.close();
  }
}
