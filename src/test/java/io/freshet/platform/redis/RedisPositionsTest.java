package io.freshet.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Positions;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.RedisServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedisPositionsTest {
  private static final long WRITER = 7;

  @Test
  void keepsTheFurthestPositionWhicheverNodeTellsLast() {
    MovableClock clock = new MovableClock();
    try (RedisServer server = RedisServer.start();
        Redis redis =
            Redis.open(new FreshetConfig.Redis(Optional.of(server.url()), 1, 1_000, true))) {
      await().until(() -> redis.serverOf(0).isPresent());
      Positions third = new RedisPositions(redis, clock);
      await()
          .until(() -> {
            // Nothing is known until what was missed before the connection has aged.
            clock.advance(Positions.KEPT.plusMillis(1));
            return third.of(WRITER) == 0;
          });

      assertThat(told(redis, third, 999)).isEqualTo(999);
      assertThat(told(redis, third, 1_000)).as("more digits").isEqualTo(1_000);
      assertThat(told(redis, third, 999)).as("fewer digits").isEqualTo(1_000);
      long large = (1L << 53) + 2;
      assertThat(told(redis, third, large)).isEqualTo(large);
      assertThat(told(redis, third, large - 1)).as("one less").isEqualTo(large);
      assertThat(told(redis, third, large + 1)).as("one more").isEqualTo(large + 1);

      String key = server.cli("KEYS", "*w:" + WRITER).strip();
      server.cli("PERSIST", key);
      assertThat(told(redis, third, 5)).isEqualTo(large + 1);
      assertThat(Long.parseLong(server.cli("PTTL", key).strip()))
          .as("remembered anew")
          .isBetween(1L, Positions.KEPT.toMillis());
    }
  }

  /** What others read after a node of its own has told a position. */
  private static long told(Redis redis, Positions reader, long position) {
    new RedisPositions(redis, new MovableClock()).put(WRITER, position);
    return reader.of(WRITER);
  }
}
