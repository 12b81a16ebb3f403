package io.freshet.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.FreshetConfig;
import io.freshet.platform.redis.Redis;
import io.freshet.ranking.RankingCache.Look;
import io.freshet.ranking.redis.RedisRankingCache;
import io.freshet.testkit.RedisServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisRankingCacheTest implements RankingCacheContract {
  private static RedisServer server;
  private static Redis redis;
  private static RankingCache cache;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
    redis = Redis.open(new FreshetConfig.Redis(Optional.of(server.url()), 1, 5_000, true));
    cache = new RedisRankingCache(redis);
    await().until(() -> redis.serverOf(0).isPresent());
  }

  @AfterAll
  static void stop() {
    redis.close();
    server.close();
  }

  @BeforeEach
  void empty() {
    cache.drop("a");
    cache.drop("b");
  }

  @Override
  public RankingCache cache() {
    return cache;
  }

  @Test
  void leasesToOneAtATime() {
    Look.Mine first = (Look.Mine) cache.look("a");
    assertThat(cache.look("a")).isInstanceOf(Look.Others.class);
    cache.release("a", first.token() + 1);
    assertThat(cache.look("a")).as("released by a stranger").isInstanceOf(Look.Others.class);
    cache.release("a", first.token());
    assertThat(cache.look("a")).isInstanceOf(Look.Mine.class);
  }

  @Test
  void releasesNoRanking() {
    Look.Mine mine = (Look.Mine) cache.look("a");
    cache.put("a", RankingCacheContract.one());
    cache.release("a", mine.token());
    assertThat(cache.get("a")).isPresent();
  }

  @Test
  void keepsRankingsAndLeasesForTheirTime() {
    cache.look("a");
    assertThat(remaining("a")).isBetween(1L, RankingCache.LEASE.toMillis());
    cache.put("a", RankingCacheContract.one());
    assertThat(remaining("a"))
        .isBetween(RankingCache.LEASE.toMillis() + 1, RankingCache.KEPT.toMillis());
  }

  private static long remaining(String name) {
    return Long.parseLong(server.cli("PTTL", server.cli("KEYS", "*r:" + name).strip()).strip());
  }
}
