package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.account.Client;
import io.freshet.account.Profile;
import io.freshet.account.Registration;
import io.freshet.account.Session;
import io.freshet.account.Sessions;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Metrics;
import io.freshet.platform.Role;
import io.freshet.platform.redis.Redis;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.testkit.RedisServer;
import io.freshet.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes' worth of Freshet on one database and one Redis: what one acknowledges, a read that
 * starts later on the other heeds.
 */
class CrossNodeTest {
  private static final int TRIES = Integer.getInteger("freshet.crossnode.tries", 2_000);

  @TempDir private Path home;
  private final Closing closing = new Closing();
  private RedisServer server;
  private Core one;
  private Core other;
  private AccountId author;
  private AccountId reader;

  @BeforeEach
  void start() {
    server = closing.add(RedisServer.start());
    Database database = closing.add(TestDatabase.open());
    one = core(database, "one");
    other = core(database, "other");
    Metrics metrics = closing.add(new Metrics());
    LiveHost live = closing.add(LiveHost.start(one, metrics));
    Workers workers = closing.add(Workers.start(one, live, Set.of(Role.WORKER), metrics));
    assertThat(workers).isNotNull();
    author = person(one, "Ada");
    reader = person(other, "Bob");
    one.follows.follow(reader, author);
  }

  @AfterEach
  void stop() {
    closing.close();
  }

  private Core core(Database database, String name) {
    FreshetConfig config =
        FreshetConfig.load(
            Map.of(
                "FRESHET_HOME",
                home.resolve(name).toString(),
                "REDIS_URL",
                server.url(),
                "FRESHET_SECRET",
                "a secret of at least thirty-two bytes"),
            Map.of());
    Redis redis = closing.add(Redis.open(config.redis()));
    Core core = new Core(config, database, Optional.of(redis), InstantSource.system());
    core.membership.ifPresent(closing::add);
    core.celebrities.reload();
    return core;
  }

  private static AccountId person(Core on, String name) {
    Profile profile = new Profile(name, "Tester", Optional.empty(), "", "");
    return on.accounts
        .register(new Registration(Optional.empty(), "a long enough password", profile))
        .id();
  }

  private List<Post> page(Core on) {
    return on.feeds.page(reader, Long.MAX_VALUE, 20).items();
  }

  private static boolean shows(List<Post> page, PostId id) {
    return page.stream().anyMatch(post -> post.id().equals(id));
  }

  @Test
  void showsNothingOnTheOtherNodeThatOneHasTakenAway() {
    Awaitility.await()
        .until(() -> one.invalidations.isTrusted() && other.invalidations.isTrusted());
    tryOften(TRIES);
  }

  @Test
  void showsNothingTakenAwayWhileRedisIsKilledAndFlushed() {
    AtomicBoolean done = new AtomicBoolean();
    Thread trouble =
        Thread.ofVirtual()
            .start(() -> {
              while (!done.get()) {
                server.cli("FLUSHALL");
                server.kill();
                server.restart();
              }
            });
    tryOften(20);
    done.set(true);
    assertThat(trouble).isNotNull();
  }

  private void endASession(Core acts, Core reads, int i) {
    Client client = Client.of("a test", "127.0.0.1");
    Sessions.Opened token = acts.sessions.open(reader, Session.Kind.TOKEN, client).orElseThrow();
    Sessions.Opened cookie = acts.sessions.open(reader, Session.Kind.COOKIE, client).orElseThrow();
    assertThat(reads.sessions.stands(token.session().access())).isTrue();
    assertThat(reads.sessions.byCookie(cookie.secret())).isPresent();
    acts.sessions.endOthers(reader, Optional.empty());
    assertThat(reads.sessions.stands(token.session().access())).as("ended, try %s", i).isFalse();
    assertThat(reads.sessions.byCookie(cookie.secret())).as("ended, try %s", i).isEmpty();
  }

  /** Acts on one, reads on the other at once, both ways round. */
  private void tryOften(int tries) {
    Random random = new Random(1);
    for (int i = 0; i < tries; i++) {
      boolean swap = random.nextBoolean();
      Core acts = swap ? one : other;
      Core reads = swap ? other : one;
      PostId post = acts.posts.publish(author, "post " + i, Optional.empty()).post().id();
      page(reads);
      switch (random.nextInt(5)) {
        case 0 -> {
          acts.posts.delete(author, post);
          assertThat(shows(page(reads), post)).as("deleted, try %s", i).isFalse();
          assertThat(reads.feeds.post(Optional.empty(), post)).isEmpty();
        }
        case 1 -> {
          acts.follows.unfollow(reader, author);
          assertThat(page(reads)).as("unfollowed, try %s", i).isEmpty();
          assertThat(reads.follows.follows(reader, author)).isFalse();
          acts.follows.follow(reader, author);
          assertThat(reads.follows.follows(reader, author)).isTrue();
        }
        case 2 -> {
          acts.mutes().mute(reader, author, Optional.empty());
          assertThat(page(reads)).as("muted, try %s", i).isEmpty();
          acts.mutes().unmute(reader, author);
        }
        case 3 -> endASession(acts, reads, i);
        default -> {
          acts.restrictions().restrict(author, reader, Optional.empty());
          assertThat(page(reads)).as("restricted, try %s", i).isEmpty();
          acts.restrictions().unrestrict(author, reader);
          acts.posts.edit(author, post, "edited " + i);
          assertThat(reads.feeds.post(Optional.empty(), post).orElseThrow().text())
              .isEqualTo("edited " + i);
        }
      }
    }
  }
}
