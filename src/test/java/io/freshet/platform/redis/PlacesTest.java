package io.freshet.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.FreshetConfig;
import io.freshet.testkit.RedisServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacesTest {
  @Test
  void leavesNoConnectionsBehindWhereItMayNotEndTheFormerOne() {
    try (RedisServer server = RedisServer.start()) {
      server.cli("ACL", "SETUSER", "app", "on", ">word", "~*", "+@all", "-client|kill");
      try (Redis redis = open("redis://app:word@127.0.0.1:" + server.port())) {
        await().until(() -> redis.serverOf(0).isPresent());
        await().until(() -> connections(server) == 1);
        server.cli("CLIENT", "KILL", "USER", "app");
        await().until(() -> refusals(server) >= 4);
        await().until(() -> connections(server) <= 1);
        assertThat(redis.serverOf(0)).isEmpty();

        server.cli("ACL", "SETUSER", "app", "+client|kill");
        await().until(() -> redis.serverOf(0).isPresent());
        await().until(() -> connections(server) == 1);
      }
    }
  }

  private static Redis open(String url) {
    return Redis.open(new FreshetConfig.Redis(Optional.of(url), 1, 1_000, true));
  }

  private static long connections(RedisServer server) {
    return server.cli("CLIENT", "LIST").lines().filter(line -> line.contains(" user=app ")).count();
  }

  private static long refusals(RedisServer server) {
    return server
        .cli("INFO", "errorstats")
        .lines()
        .filter(line -> line.startsWith("errorstat_NOPERM:count="))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
