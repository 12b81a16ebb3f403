package io.freshet.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.FreshetConfig;
import io.freshet.platform.OperatorException;
import io.freshet.platform.Outage;
import io.freshet.testkit.FaultProxy;
import io.freshet.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisTest {
  private static final int SHARDS = 4;
  private static final int TIMEOUT_MILLIS = 1_000;

  /** KEYS[1] is set to ARGV[1] if there is one; answers what it was. */
  private static final Script<String> SWAP = Script.load("test-swap", Reply::text);

  private static final Script<Long> BUSY = Script.load("test-busy", Reply::number);

  private RedisServer server;

  @BeforeEach
  void start() {
    server = RedisServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void runsScriptsOnTheirShards() {
    try (Redis redis = open(server)) {
      for (int shard = 0; shard < SHARDS; shard++) {
        assertThat(swap(redis, shard, "value of " + shard)).isEmpty();
      }
      for (int shard = 0; shard < SHARDS; shard++) {
        assertThat(swap(redis, shard, "")).isEqualTo("value of " + shard);
      }
    }
  }

  @Test
  void sharesItsKeysWithOtherProcesses() {
    try (Redis one = open(server);
        Redis two = open(server)) {
      swap(one, 1, "said by one");
      assertThat(swap(two, 1, "")).isEqualTo("said by one");
      assertThat(two.serverOf(1)).isPresent().isEqualTo(one.serverOf(1));
    }
  }

  @Test
  void refusesToOpenWithAnotherNumberOfShards() {
    try (Redis redis = open(server)) {
      swap(redis, 0, "kept");
      assertThatThrownBy(() -> open(server.url(), SHARDS * 2, TIMEOUT_MILLIS))
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("redis.shards is 8 here and 4 in");
      assertThat(swap(redis, 0, "")).isEqualTo("kept");
    }
    server.cli("FLUSHALL");
    try (Redis other = open(server.url(), SHARDS * 2, TIMEOUT_MILLIS)) {
      assertThat(swap(other, 0, "")).isEmpty();
    }
  }

  @Test
  void leavesBehindWhatTellsNoNumberOfShards() {
    try (Redis redis = open(server)) {
      swap(redis, 0, "by an older Freshet");
    }
    server.cli("HDEL", "f1:{0}:home", "shards");
    try (Redis redis = open(server)) {
      assertThat(swap(redis, 0, "")).isEmpty();
    }
  }

  @Test
  void learnsScriptsAnewWhenTheServerHasForgottenThem() {
    try (Redis redis = open(server)) {
      swap(redis, 0, "kept");
      server.cli("SCRIPT", "FLUSH");
      assertThat(swap(redis, 0, "")).isEqualTo("kept");
    }
  }

  @Test
  void spreadsIdsOverAllShards() {
    try (Redis redis = open(server)) {
      int[] hits = new int[SHARDS];
      for (long id = 1; id <= 4_000; id++) {
        hits[redis.shardOf(id << 22)]++;
      }
      assertThat(Arrays.stream(hits).min().orElse(0)).isGreaterThan(700);
    }
  }

  @Test
  void isAwayAtOnceWhileTheServerIsDownAndComesBackByItself() {
    try (Redis redis = open(server)) {
      swap(redis, 0, "lost");
      server.kill();
      awaitAway(redis);
      assertThat(redis.serverOf(0)).isEmpty();
      server.restart();
      awaitBack(redis);
      assertThat(swap(redis, 0, "")).isEmpty();
    }
  }

  @Test
  void opensWhileTheServerIsDown() {
    server.kill();
    try (Redis redis = open(server)) {
      awaitAway(redis);
      server.restart();
      awaitBack(redis);
    }
  }

  @Test
  void neverReadsWhatARestartedServerHasKept() {
    try (Redis redis = open(server)) {
      swapAroundASave(redis);
      restartAsSaved();
      awaitBack(redis);
      assertThat(swap(redis, 0, "")).isEmpty();
    }
  }

  @Test
  void neverReadsItInAProcessThatBeginsAfterTheRestartEither() {
    try (Redis redis = open(server)) {
      swapAroundASave(redis);
    }
    restartAsSaved();
    try (Redis newcomer = open(server)) {
      assertThat(swap(newcomer, 0, "")).isEmpty();
    }
  }

  private void swapAroundASave(Redis redis) {
    swap(redis, 0, "before the save");
    server.cli("SAVE");
    swap(redis, 0, "after the save");
  }

  private void restartAsSaved() {
    server.kill();
    server.restart();
    assertThat(server.cli("INFO", "persistence"))
        .containsPattern("rdb_last_load_keys_loaded:[1-9]");
  }

  @Test
  void failsWhatIsUnderwayWhenTheServerDies() {
    try (Redis redis = open(server)) {
      CompletionStage<Long> stage = redis.run(BUSY, 0, List.of());
      server.kill();
      assertThatThrownBy(() -> redis.await(stage)).isInstanceOf(RedisAwayException.class);
      await().until(stage.toCompletableFuture()::isDone);
    }
  }

  @Test
  void givesUpAConnectionOnWhichNothingIsAnswered() {
    try (Redis redis = open(server)) {
      server.freeze();
      CompletionStage<String> stage = redis.run(SWAP, 0, List.of("value"), bytes(""));
      assertThatThrownBy(() -> redis.await(stage))
          .isInstanceOf(RedisAwayException.class)
          .hasMessageContaining("1000 ms");
      await().until(stage.toCompletableFuture()::isDone);
      awaitAway(redis);
      server.thaw();
      awaitBack(redis);
    }
  }

  @Test
  void givesUpASilentConnectionThoughOnlyTheHomeIsAskedFor() {
    try (FaultProxy proxy = FaultProxy.to(server.port());
        Redis redis = open("redis://127.0.0.1:" + proxy.port(), 300)) {
      awaitBack(redis);
      AtomicInteger changes = new AtomicInteger();
      redis.onChange(changes::incrementAndGet);
      proxy.stall();
      await()
          .until(() -> {
            assertThat(redis.serverOf(0)).isEmpty();
            return changes.get() >= SHARDS;
          });
      proxy.pass();
      awaitBack(redis);
    }
  }

  @Test
  void leavesBehindWhatWasFlushed() {
    try (Redis redis = open(server)) {
      swap(redis, 2, "flushed");
      Optional<String> before = redis.serverOf(2);
      server.cli("FLUSHALL");
      assertThat(redis.serverOf(2)).isEmpty();
      assertThatThrownBy(() -> swap(redis, 2, "x")).isInstanceOf(RedisAwayException.class);
      await().ignoreExceptions().until(() -> swap(redis, 2, "").isEmpty());
      assertThat(redis.serverOf(2)).isPresent().isNotEqualTo(before);
    }
  }

  @Test
  void leavesEverythingBehindForAllWhenRenewed() {
    try (Redis one = open(server);
        Redis two = open(server)) {
      swap(one, 3, "old");
      swap(two, 1, "of another shard");
      one.renew(3);
      assertThat(swap(one, 3, "new")).isEmpty();
      await().ignoreExceptions().until(() -> swap(two, 3, "").equals("new"));
      assertThat(swap(two, 1, "")).isEqualTo("of another shard");
    }
  }

  @Test
  void refusesAReplicaUntilItIsTheMaster() {
    try (RedisServer replica = RedisServer.startReplicaOf(server);
        Redis redis = open(replica)) {
      assertThatThrownBy(() -> swap(redis, 0, "x")).isInstanceOf(RedisAwayException.class);
      replica.cli("REPLICAOF", "NO", "ONE");
      awaitBack(redis);
    }
  }

  @Test
  void leavesAMasterThatHasBecomeAReplica() {
    try (RedisServer other = RedisServer.start();
        Redis redis = open(server)) {
      swap(redis, 0, "x");
      server.cli("REPLICAOF", "127.0.0.1", Integer.toString(other.port()));
      assertThat(redis.serverOf(0)).isEmpty();
      awaitAway(redis);
    }
  }

  @Test
  void leavesAFormerMasterThatHoldsItselfToBeTheHome() {
    try (RedisServer heir = RedisServer.startReplicaOf(server);
        Redis redis = open(server)) {
      awaitBack(redis);
      String record = server.cli("HGET", "f1:{0}:home", "id");
      await().until(() -> heir.cli("HGET", "f1:{0}:home", "id").equals(record));
      heir.cli("REPLICAOF", "NO", "ONE");
      server.cli("REPLICAOF", "127.0.0.1", Integer.toString(heir.port()));
      await().until(() -> server.cli("INFO", "replication").contains("master_link_status:up"));
      assertThat(server.cli("HGET", "f1:{0}:home", "id")).isEqualTo(record);
      String first = connection();
      assertThat(first).isNotEmpty();

      // Where a name leads is only asked for a new connection.
      await()
          .untilAsserted(() -> {
            assertThatThrownBy(() -> swap(redis, 0, "x")).isInstanceOf(RedisAwayException.class);
            assertThat(connection()).isNotEqualTo(first);
          });
    }
  }

  /** The number that the server has given to the connection of the only process, if it has one. */
  private String connection() {
    return server
        .cli("CLIENT", "LIST", "TYPE", "NORMAL")
        .lines()
        .filter(line -> !line.contains("cmd=client|list"))
        .map(line -> line.split(" ", 2)[0])
        .findFirst()
        .orElse("");
  }

  @Test
  void findsItsHomeOnAServerWhoseMemoryIsFull() {
    try (Redis one = open(server)) {
      swap(one, 0, "kept");
      server.cli("CONFIG", "SET", "maxmemory", "1");
      try (Redis two = open(server)) {
        awaitBack(two);
        assertThat(swap(two, 0, "")).isEqualTo("kept");
      }
    }
  }

  @Test
  void tellsOfLostAndNewHomes() {
    try (Redis redis = open(server)) {
      AtomicInteger changes = new AtomicInteger();
      redis.onChange(changes::incrementAndGet);
      server.kill();
      await().until(() -> changes.get() >= SHARDS);
      server.restart();
      await().until(() -> changes.get() >= 2 * SHARDS);
    }
  }

  @Test
  void freesWhatIsLeftBehindAndNothingElse() {
    try (Redis redis = open(server)) {
      server.cli("SET", "someone else's", "kept");
      for (int i = 0; i < 50; i++) {
        for (int shard = 0; shard < SHARDS; shard++) {
          redis.await(redis.run(SWAP, shard, List.of("left" + i), bytes("x")));
        }
      }
      redis.renew(1);
      for (int i = 0; i < 50; i++) {
        redis.await(redis.run(SWAP, 1, List.of("new" + i), bytes("x")));
      }
      await().untilAsserted(() -> assertThat(server.cli("KEYS", "f1:{1}:*:left*")).isEmpty());
      assertThat(redis.keys()).isEqualTo(SHARDS * 50 + SHARDS + 1);
    }
  }

  @Test
  void countsAsAnOutage() {
    assertThat(Outage.causes(new IllegalStateException(new RedisAwayException("away")))).isTrue();
  }

  @Test
  void refusesAnAddressThatIsNoneWithoutRepeatingIt() {
    FreshetConfig.Redis config =
        new FreshetConfig.Redis(Optional.of("http://u:secretword@h"), SHARDS, TIMEOUT_MILLIS, true);
    assertThatThrownBy(() -> Redis.open(config))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("redis://host:port")
        .hasMessageNotContaining("secretword");
  }

  private static Redis open(RedisServer server) {
    return open(server.url(), TIMEOUT_MILLIS);
  }

  private static Redis open(String url, int timeoutMillis) {
    return open(url, SHARDS, timeoutMillis);
  }

  private static Redis open(String url, int shards, int timeoutMillis) {
    return Redis.open(new FreshetConfig.Redis(Optional.of(url), shards, timeoutMillis, true));
  }

  private static String swap(Redis redis, int shard, String value) {
    return redis.await(redis.run(SWAP, shard, List.of("value"), bytes(value)));
  }

  private static void awaitAway(Redis redis) {
    await()
        .untilAsserted(() ->
            assertThatThrownBy(() -> swap(redis, 0, ""))
                .isInstanceOf(RedisAwayException.class)
                .hasMessage("Redis is away"));
  }

  private static void awaitBack(Redis redis) {
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(redis.serverOf(0).isPresent()).isTrue());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
