package io.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.feed.redis.RedisFeedStore;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.redis.Redis;
import io.freshet.testkit.RedisServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisFeedStoreTest extends FeedStoreContract {
  private static final int CHUNK = 2;
  private static final Duration KEPT = Duration.ofDays(30);

  private static RedisServer server;
  private static Redis redis;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
    redis = Redis.open(new FreshetConfig.Redis(Optional.of(server.url()), 8, 2_000, true));
  }

  @AfterAll
  static void stop() {
    redis.close();
    server.close();
  }

  @Override
  FeedStore open() {
    FeedStore store = new RedisFeedStore(redis, WINDOW, SLACK - CHUNK, CHUNK, KEPT);
    store.clear();
    return store;
  }

  @Override
  boolean isOurs() {
    return false;
  }

  @Override
  int seeds() {
    return 8;
  }

  @Test
  void expiresFeedsUnlessTheyAreRead() {
    FeedStore store = open();
    built(store, ANN, 0, 1);
    assertThat(timeToLive(ANN)).isBetween(KEPT.toSeconds() - 60, KEPT.toSeconds());
    server.cli("EXPIRE", key(ANN), "1000");
    store.insert(2, new long[] {ANN});
    store.insertAll(ANN, window(0, 3));
    store.peek(ANN);
    assertThat(timeToLive(ANN)).isBetween(900L, 1_000L);
    store.read(ANN, Long.MAX_VALUE, 1, NOW);
    assertThat(timeToLive(ANN)).isBetween(KEPT.toSeconds() - 60, KEPT.toSeconds());
  }

  @Test
  void losesNothingWhenPostsArriveWhileOthersAreAddedTogether() throws InterruptedException {
    int posts = 300;
    FeedStore store = new RedisFeedStore(redis, 2 * posts, 0, 0, KEPT);
    store.clear();
    built(store, ANN, 0);
    Thread one =
        Thread.ofVirtual()
            .start(() -> {
              for (long post = 1; post <= posts; post++) {
                store.insert(2 * post, new long[] {ANN});
              }
            });
    Thread many =
        Thread.ofVirtual()
            .start(() -> {
              for (long post = 1; post < posts; post += 2) {
                store.insertAll(ANN, window(0, 2 * post + 3, 2 * post + 1));
              }
            });
    one.join();
    many.join();
    assertThat(ids(store, ANN)).hasSize(2 * posts);
  }

  private static long timeToLive(long viewer) {
    return Long.parseLong(server.cli("TTL", key(viewer)));
  }

  private static String key(long viewer) {
    String generation = redis.serverOf(redis.shardOf(viewer)).orElseThrow().replaceFirst(".* ", "");
    return "f1:{" + redis.shardOf(viewer) + "}:" + generation + ":f:" + viewer;
  }
}
