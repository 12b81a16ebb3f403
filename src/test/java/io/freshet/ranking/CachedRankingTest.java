package io.freshet.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Metrics;
import io.freshet.platform.Patience;
import io.freshet.platform.redis.Redis;
import io.freshet.ranking.RankingCache.Look;
import io.freshet.ranking.redis.RedisRankingCache;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who computes a ranking, and how often, with a real Redis and without. */
class CachedRankingTest {
  private static final int CROWD = 50;

  private final MovableClock clock = new MovableClock();
  private final AtomicInteger computations = new AtomicInteger();
  private final AtomicBoolean fails = new AtomicBoolean();
  private final List<Redis> nodes = new ArrayList<>();
  private RedisServer server;

  @BeforeEach
  void start() {
    server = RedisServer.start();
  }

  @AfterEach
  void stop() {
    nodes.forEach(Redis::close);
    server.close();
  }

  private CachedRanking<PopularTags> node() {
    Redis redis = Redis.open(new FreshetConfig.Redis(Optional.of(server.url()), 1, 2_000, true));
    nodes.add(redis);
    await().until(() -> redis.serverOf(0).isPresent());
    return ranking(new RedisRankingCache(redis));
  }

  private CachedRanking<PopularTags> ranking(RankingCache cache) {
    return new CachedRanking<>("tags", PopularTags.class, this::compute, cache, clock);
  }

  private PopularTags compute() {
    int number = computations.incrementAndGet();
    // So long that everybody comes meanwhile.
    Patience.await(Duration.ofMillis(200), () -> false);
    if (fails.get()) {
      throw new IllegalStateException("the database is away");
    }
    return new PopularTags(clock.instant(), List.of(new PopularTags.Tag("number", number)));
  }

  @SafeVarargs
  private static List<PopularTags> crowd(CachedRanking<PopularTags>... nodes) {
    CountDownLatch gate = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PopularTags>> asked = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        CachedRanking<PopularTags> node = nodes[i % nodes.length];
        asked.add(
            threads.submit(() -> {
              gate.await();
              return node.get();
            }));
      }
      gate.countDown();
      threads.shutdown();
      await().until(threads::isTerminated);
      return asked.stream().map(Future::resultNow).toList();
    }
  }

  @Test
  void computesOnceHoweverManyComeInOneProcess() {
    CachedRanking<PopularTags> ranking = ranking(new HeapRankingCache(clock));
    assertThat(crowd(ranking)).hasSize(CROWD).containsOnly(ranking.get());
    assertThat(computations).hasValue(1);
  }

  @Test
  void computesOnceHoweverManyComeToHoweverManyNodes() {
    CachedRanking<PopularTags> one = node();
    CachedRanking<PopularTags> two = node();
    assertThat(crowd(one, two)).hasSize(CROWD).containsOnly(one.get());
    assertThat(computations).hasValue(1);
    one.forget();
    crowd(one, two);
    assertThat(computations).as("after the cache was emptied").hasValue(2);
  }

  @Test
  void showsOnEachNodeWhatOneHasRenewed() {
    CachedRanking<PopularTags> one = node();
    CachedRanking<PopularTags> two = node();
    assertThat(two.get().tags().getFirst().questions()).isEqualTo(1);
    one.refresh();
    assertThat(two.get().tags().getFirst().questions()).isEqualTo(2);
  }

  @Test
  void letsTheNextOneTryWhenComputingFails() {
    CachedRanking<PopularTags> one = node();
    CachedRanking<PopularTags> two = node();
    fails.set(true);
    assertThatThrownBy(one::get).hasMessage("the database is away");
    fails.set(false);
    long start = System.nanoTime();
    assertThat(two.get().tags()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("the lease was given back")
        .isLessThan(RankingCache.LEASE);
  }

  @Test
  void computesAfterTheOneWhoDidHasDied() {
    CachedRanking<PopularTags> one = node();
    RankingCache dead = new RedisRankingCache(nodes.getFirst());
    assertThat(dead.look("tags")).isInstanceOf(Look.Mine.class);
    assertThat(one.get().tags()).hasSize(1);
    assertThat(dead.get("tags")).as("and shares it").isPresent();
  }

  @Test
  void computesForItselfNowAndThenWhileRedisIsAway() {
    CachedRanking<PopularTags> ranking = node();
    server.kill();
    crowd(ranking);
    assertThat(computations).hasValue(1);
    clock.advance(CachedRanking.ALONE.minusMillis(1));
    crowd(ranking);
    assertThat(computations).hasValue(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(ranking.get().computedAt()).isEqualTo(clock.instant());
    assertThat(computations).hasValue(2);
    server.restart();
    await().until(() -> nodes.getFirst().serverOf(0).isPresent());
    crowd(ranking, node());
    assertThat(computations).as("shared again").hasValue(3);
  }

  @Test
  void tellsItsAgeAndHowLongItTook() {
    CachedRanking<PopularTags> ranking = node();
    try (Metrics metrics = new Metrics()) {
      ranking.measure(metrics);
      assertThat(metrics.scrape()).contains("freshet_ranking_age_seconds{ranking=\"tags\"} NaN");
      ranking.get();
      clock.advance(Duration.ofSeconds(90));
      assertThat(metrics.scrape())
          .contains("freshet_ranking_age_seconds{ranking=\"tags\"} 90.0")
          .contains("freshet_ranking_seconds_count{ranking=\"tags\"} 1");
      server.kill();
      assertThat(metrics.scrape()).contains("freshet_ranking_age_seconds{ranking=\"tags\"} NaN");
    }
  }
}
