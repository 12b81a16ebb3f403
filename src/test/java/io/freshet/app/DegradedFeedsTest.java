package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.account.AccountId;
import io.freshet.account.Profile;
import io.freshet.account.Registration;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.redis.Redis;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.testkit.RedisServer;
import io.freshet.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis is killed under a reader and started again: the feed stays as it is. */
@Tag("slow")
class DegradedFeedsTest {
  @TempDir private Path home = Path.of("");

  @Test
  void readsFeedsFromTheDatabaseWhileRedisIsAway() {
    try (RedisServer server = RedisServer.start();
        Database database = TestDatabase.open()) {
      FreshetConfig config =
          FreshetConfig.load(
              Map.of("FRESHET_HOME", home.toString(), "FRESHET_REDIS_URL", server.url()), Map.of());
      try (Redis redis = Redis.open(config.redis());
          Closing closing = new Closing()) {
        Core core = new Core(config, database, Optional.of(redis), InstantSource.system());
        closing.add(core.membership.orElseThrow());
        AccountId author = person(core, "author");
        AccountId reader = person(core, "reader");
        core.follows.follow(reader, author);
        PostId first = publish(core, author);
        PostId second = publish(core, author);
        assertThat(feed(core, reader)).containsExactly(second, first);
        assertThat(core.databaseReads.done()).isZero();

        server.kill();
        assertThat(feed(core, reader)).containsExactly(second, first);
        assertThat(core.databaseReads.done()).isPositive();
        core.posts.delete(author, second);
        assertThat(feed(core, reader)).containsExactly(first);

        server.restart();
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> {
              long before = core.databaseReads.done();
              assertThat(feed(core, reader)).containsExactly(first);
              assertThat(core.databaseReads.done()).isEqualTo(before);
            });
      }
    }
  }

  private static List<PostId> feed(Core core, AccountId reader) {
    return core.feeds.page(reader, Long.MAX_VALUE, 10).items().stream().map(Post::id).toList();
  }

  private static PostId publish(Core core, AccountId author) {
    return core.posts.publish(author, "a post", Optional.empty()).post().id();
  }

  private static AccountId person(Core core, String handle) {
    Profile profile = new Profile("A", "Person", Optional.empty(), "", "");
    return core.accounts
        .register(new Registration(Optional.of(handle), "a long enough password", profile))
        .id();
  }
}
