package io.freshet.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.FreshetConfig;
import io.freshet.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisSharedValuesTest {
  private static final String CACHE = "posts";
  private static final long EPOCH = 3;
  private static final long ANN = 1;
  private static final long BOB = 2;

  /** More than Lua can take at once. */
  private static final List<Long> IDS = LongStream.rangeClosed(1, 9_001).boxed().toList();

  private RedisServer server;
  private Redis redis;
  private RedisSharedValues values;

  @BeforeEach
  void start() {
    server = RedisServer.start();
    redis = Redis.open(new FreshetConfig.Redis(Optional.of(server.url()), 1, 5_000, true));
    values = new RedisSharedValues(redis);
    await().until(() -> redis.serverOf(0).isPresent());
    letTheServerKnowTheScripts();
  }

  /**
   * Nobody waits for a fill; one whose script is not known yet may be overtaken by what follows.
   */
  private void letTheServerKnowTheScripts() {
    List<Long> one = List.of(0L);
    look(one, ANN);
    fill(one, ANN, "");
    await().until(() -> !look(one, ANN).isEmpty());
    redis.await(values.remove(CACHE, EPOCH, one));
  }

  @AfterEach
  void stop() {
    redis.close();
    server.close();
  }

  @Test
  void givesEachIdTheValueThatWasFilledIn() {
    assertThat(look(IDS, ANN)).isEmpty();
    fill(IDS, ANN, "ann's ");
    Map<Long, String> expected = new HashMap<>();
    IDS.forEach(id -> expected.put(id, "ann's " + id));
    assertThat(look(IDS, BOB).equals(expected)).as("all are as expected").isTrue();
  }

  @Test
  void leasesEachIdToTheFirstWhoLooks() {
    look(IDS.subList(0, 450), ANN);
    look(IDS.subList(0, 1_000), BOB);
    fill(IDS.subList(0, 1_000), BOB, "bob's ");
    assertThat(look(IDS.subList(0, 1_000), ANN).keySet())
        .containsExactlyInAnyOrderElementsOf(IDS.subList(450, 1_000));
    fill(IDS.subList(0, 1_000), ANN, "ann's ");
    assertThat(look(IDS.subList(0, 451), BOB))
        .hasSize(451)
        .containsEntry(450L, "ann's 450")
        .containsEntry(451L, "bob's 451");
  }

  @Test
  void removesAllAndEndsTheLeasesOfThoseThatWereMissing() {
    look(IDS, ANN);
    fill(IDS.subList(0, 5_000), ANN, "old ");
    redis.await(values.remove(CACHE, EPOCH, IDS));
    fill(IDS, ANN, "old ");
    assertThat(look(IDS, BOB)).isEmpty();
  }

  @Test
  void keepsNobodyWaitingForOneLongScript() {
    List<Long> ids = IDS.subList(0, 1_001);
    assertThat(scripts(() -> look(ids, ANN))).isEqualTo(6);
    assertThat(
            scripts(() -> {
              fill(ids, ANN, "");
              look(ids.subList(0, 1), ANN);
            }))
        .isEqualTo(7);
    assertThat(scripts(() -> redis.await(values.remove(CACHE, EPOCH, ids)))).isEqualTo(6);
  }

  /** How many scripts the server runs for this. */
  private long scripts(Runnable action) {
    server.cli("CONFIG", "RESETSTAT");
    action.run();
    return server
        .cli("INFO", "commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_evalsha:calls="))
        .mapToLong(line -> Long.parseLong(line.split("[=,]", 3)[1]))
        .sum();
  }

  private Map<Long, String> look(Collection<Long> ids, long token) {
    Map<Long, String> found = new HashMap<>();
    values
        .look(CACHE, EPOCH, ids, token)
        .forEach((id, bytes) -> found.put(id, new String(bytes, StandardCharsets.UTF_8)));
    return found;
  }

  private void fill(Collection<Long> ids, long token, String text) {
    Map<Long, byte[]> all = new HashMap<>();
    ids.forEach(id -> all.put(id, (text + id).getBytes(StandardCharsets.UTF_8)));
    values.fill(CACHE, EPOCH, all, token);
  }
}
