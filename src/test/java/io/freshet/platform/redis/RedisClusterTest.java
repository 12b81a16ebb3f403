package io.freshet.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.feed.FeedWindow;
import io.freshet.feed.redis.RedisFeedStore;
import io.freshet.platform.FreshetConfig;
import io.freshet.testkit.RedisCluster;
import io.freshet.testkit.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Feeds on a Redis Cluster of three masters. */
@Tag("slow")
class RedisClusterTest {
  private static final int SHARDS = 12;

  @Test
  void keepsFeedsOnAllMastersAndStandsTheDeathOfOne() {
    try (RedisCluster cluster = RedisCluster.start();
        Redis redis = open(cluster)) {
      RedisFeedStore store = new RedisFeedStore(redis, 10, 2, 2, Duration.ofDays(1));
      long[] viewers = LongStream.rangeClosed(1, 600).toArray();
      for (long viewer : viewers) {
        build(store, viewer);
      }
      store.insert(7, viewers);
      for (long viewer : viewers) {
        assertThat(store.peek(viewer).orElseThrow().ids()).containsExactly(7, 5);
      }
      assertThat(masters(redis)).hasSize(3);

      RedisServer dying = cluster.nodes().get(1);
      Set<Integer> before = shardsAway(redis);
      dying.kill();
      await().until(() -> !shardsAway(redis).isEmpty());
      assertThat(before).isEmpty();
      assertThatThrownBy(() -> store.insert(8, viewers)).isInstanceOf(RedisAwayException.class);
      dying.restart();
      await().atMost(Duration.ofSeconds(30)).until(() -> shardsAway(redis).isEmpty());
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .untilAsserted(() -> store.insert(9, viewers));
      long stored = LongStream.of(viewers).filter(v -> store.peek(v).isPresent()).count();
      assertThat(stored).as("feeds on the two that lived").isBetween(200L, 599L);
    }
  }

  @Test
  void usesNoMasterOnceOneOfThemIsDividedOtherwise() {
    try (RedisCluster cluster = RedisCluster.start();
        Redis redis = open(cluster)) {
      assertThat(masters(redis)).hasSize(3);
      String process = redis.serverOf(0).orElseThrow().split(" ", 2)[0];
      RedisServer first =
          cluster.nodes().stream()
              .filter(node -> node.cli("INFO", "server").contains(process))
              .findFirst()
              .orElseThrow();
      first.cli("HSET", "f1:{0}:home", "id", process + " theirs", "shards", "24");
      RedisFeedStore store = new RedisFeedStore(redis, 10, 2, 2, Duration.ofDays(1));
      long[] viewers = LongStream.rangeClosed(1, 600).toArray();
      assertThatThrownBy(() -> store.insert(7, viewers)).isInstanceOf(RedisAwayException.class);
      await().until(() -> shardsAway(redis).size() == SHARDS);
    }
  }

  private static void build(RedisFeedStore store, long viewer) {
    FeedWindow built = new FeedWindow(new long[] {5}, 0);
    assertThat(store.completeBuild(viewer, store.beginBuild(viewer), built, Instant.EPOCH))
        .isTrue();
  }

  private static Set<String> masters(Redis redis) {
    return IntStream.range(0, SHARDS)
        .mapToObj(redis::serverOf)
        .map(server -> server.orElseThrow().split(" ", 2)[0])
        .collect(Collectors.toSet());
  }

  private static Set<Integer> shardsAway(Redis redis) {
    return IntStream.range(0, SHARDS)
        .filter(shard -> redis.serverOf(shard).isEmpty())
        .boxed()
        .collect(Collectors.toSet());
  }

  private static Redis open(RedisCluster cluster) {
    return Redis.open(new FreshetConfig.Redis(Optional.of(cluster.url()), SHARDS, 1_000, true));
  }
}
