package io.freshet.web.limits.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Rate;
import io.freshet.platform.redis.Redis;
import io.freshet.testkit.RedisServer;
import io.freshet.web.limits.SharedUses.Use;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RedisUsesTest {
  private static final Rate SLOW = new Rate(10, Duration.ofHours(10));
  private static final Rate QUICK = new Rate(100, Duration.ofSeconds(1));

  @Test
  void addsUpTheUsesOfAllNodesAndForgetsThemOverTime() {
    try (RedisServer server = RedisServer.start();
        Redis first = open(server);
        Redis second = open(server)) {
      RedisUses one = new RedisUses(first);
      RedisUses other = new RedisUses(second);
      await().until(() -> first.serverOf(0).isPresent() && second.serverOf(0).isPresent());

      assertThat(left(one.add(List.of(use("l:a", SLOW, 4), use("l:b", SLOW, 1)))))
          .containsExactly(6L, 9L);
      assertThat(left(other.add(List.of(use("l:a", SLOW, 5))))).containsExactly(1L);
      assertThat(left(one.add(List.of(use("l:a", SLOW, 8))))).containsExactly(-7L);
      assertThat(left(one.add(List.of(use("l:a", SLOW, 1_000)))))
          .as("no debt of more than one period")
          .containsExactly(-10L);

      assertThat(left(one.add(List.of(use("l:quick", QUICK, 100))))).containsExactly(0L);
      await().until(() -> left(other.add(List.of(use("l:quick", QUICK, 0)))).contains(100L));
      await().until(() -> server.cli("KEYS", "*l:quick").isBlank());
      assertThat(Long.parseLong(server.cli("PTTL", server.cli("KEYS", "*l:b").strip()).strip()))
          .as("kept until the bucket is full")
          .isBetween(1L, Duration.ofHours(1).toMillis() + 1);
    }
  }

  @Test
  void failsAtOnceWhileRedisIsAway() {
    try (RedisServer server = RedisServer.start();
        Redis redis = open(server)) {
      await().until(() -> redis.serverOf(0).isPresent());
      server.kill();
      await().until(() -> redis.serverOf(0).isEmpty());
      assertThatThrownBy(() -> left(new RedisUses(redis).add(List.of(use("l:a", SLOW, 1)))))
          .hasRootCauseMessage("Redis is away");
    }
  }

  private static Redis open(RedisServer server) {
    return Redis.open(new FreshetConfig.Redis(Optional.of(server.url()), 1, 1_000, true));
  }

  private static Use use(String key, Rate rate, long uses) {
    return new Use(key, rate, uses);
  }

  private static List<Long> left(CompletionStage<List<Long>> answer) {
    return answer.toCompletableFuture().join();
  }
}
