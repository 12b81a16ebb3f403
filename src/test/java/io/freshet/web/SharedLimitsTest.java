package io.freshet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.account.Tokens;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Loop;
import io.freshet.platform.redis.Redis;
import io.freshet.testkit.Anybody;
import io.freshet.testkit.RedisServer;
import io.freshet.web.limits.RateLimits;
import io.freshet.web.limits.TestLimits;
import io.freshet.web.limits.redis.RedisUses;
import io.helidon.http.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two nodes that limit together, by Redis. */
class SharedLimitsTest {
  private static final Map<String, String> LOW = Map.of("anonymous", "20/1h");

  /** One of the nodes. */
  private static final class Node implements AutoCloseable {
    private final Redis redis;
    private final Loop telling;
    private final HttpServer server;

    Node(RedisServer shared) {
      this.redis = Redis.open(new FreshetConfig.Redis(Optional.of(shared.url()), 2, 300, true));
      RateLimits limits = TestLimits.sharing(LOW, TestLimits.LOOPBACK, new RedisUses(redis));
      this.telling =
          Loop.start(
              "limits",
              RateLimits.EXCHANGE,
              () -> {
                limits.exchange();
                return false;
              });
      Tokens tokens = new Tokens(new byte[32], Duration.ofMinutes(1), InstantSource.system());
      Resource hello =
          () -> List.of(Route.get("/hello", (_, out) -> Replies.json(out, Status.OK_200, "")));
      this.server =
          HttpServer.start(
              new HttpConfig("127.0.0.1", 0, Duration.ofSeconds(30), Duration.ofSeconds(1)),
              List.of(limits.over(hello, new Bearer(tokens, new Anybody()))),
              1);
    }

    int status(String from) {
      return TestClient.to(server.port()).with("X-Forwarded-For", from).get("/hello").status();
    }

    int left(String from) {
      String state =
          TestClient.to(server.port())
              .with("X-Forwarded-For", from)
              .get("/hello")
              .header("RateLimit");
      return Integer.parseInt(state.replaceFirst(".*;r=(\\d+);.*", "$1"));
    }

    int answered(String from, int tries) {
      int answered = 0;
      for (int i = 0; i < tries; i++) {
        int status = status(from);
        assertThat(status).isIn(200, 429);
        answered += status == 200 ? 1 : 0;
      }
      return answered;
    }

    @Override
    public void close() {
      server.close();
      telling.close();
      redis.close();
    }
  }

  @Test
  void refuseOnOneNodeWhatWasUsedOnTheOther() {
    try (RedisServer server = RedisServer.start();
        Node one = new Node(server);
        Node other = new Node(server)) {
      await().until(() -> one.redis.serverOf(1).isPresent() && other.redis.serverOf(1).isPresent());
      assertThat(one.answered("203.0.113.1", 30)).isEqualTo(20);
      // A node hears of the others' uses with its own first one.
      AtomicInteger before = new AtomicInteger();
      await()
          .until(() -> {
            before.incrementAndGet();
            return other.status("203.0.113.1") == 429;
          });
      assertThat(before.get()).as("long before its own 20").isLessThan(12);
      assertThat(other.answered("203.0.113.2", 30)).isEqualTo(20);
    }
  }

  @Test
  void limitByThemselvesWhileRedisIsAway() {
    try (RedisServer server = RedisServer.start();
        Node one = new Node(server)) {
      await().until(() -> one.redis.serverOf(1).isPresent());
      server.freeze();
      assertThat(one.answered("203.0.113.1", 30)).isEqualTo(20);
      server.kill();
      assertThat(one.answered("203.0.113.2", 30)).isEqualTo(20);
      server.restart();
      await().until(() -> one.redis.serverOf(1).isPresent());
      try (Node other = new Node(server)) {
        await().until(() -> other.redis.serverOf(1).isPresent());
        assertThat(one.answered("203.0.113.3", 30)).isEqualTo(20);
        int left = other.left("203.0.113.3");
        assertThat(left).as("not heard of yet").isEqualTo(19);
        await().until(() -> other.left("203.0.113.3") < left - 10);
      }
    }
  }
}
