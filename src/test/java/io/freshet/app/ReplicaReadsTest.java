package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.account.AccountId;
import io.freshet.account.Profile;
import io.freshet.account.Registration;
import io.freshet.platform.Database;
import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.EmbeddedPostgres;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Metrics;
import io.freshet.post.PostStore;
import io.freshet.testkit.PostgresReplica;
import io.freshet.web.HttpConfig;
import io.freshet.web.HttpServer;
import io.freshet.web.TestClient;
import io.freshet.web.limits.TestLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole site before a replica that stands still: hazard 21, and everyone's own writes. */
@Tag("slow")
class ReplicaReadsTest {
  private static final Map<String, String> SMALL = Map.of("fsync", "off", "shared_buffers", "16MB");
  private static final HttpConfig HTTP =
      new HttpConfig("127.0.0.1", 0, Duration.ofSeconds(30), Duration.ofSeconds(5));

  @Test
  void listsMayLagForOthersWhileFeedsAndVerificationNeverDo(@TempDir Path directory) {
    Path home = directory.resolve("primary");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(home, SMALL);
        Database primary = Database.open(server.address(), 8)) {
      primary.migrate();
      try (PostgresReplica standby =
          PostgresReplica.of(server.address(), home, directory.resolve("replica"), SMALL)) {
        Core core =
            new Core(config(directory, standby), primary, Optional.empty(), InstantSource.system());
        try (core.replica;
            Metrics metrics = new Metrics();
            LiveHost live = LiveHost.start(core, metrics);
            HttpServer http =
                HttpServer.start(
                    HTTP, core.site(live, TestLimits.none(), () -> "").resources(), 1)) {
          check(core, standby, http.port());
        }
      }
    }
  }

  private static void check(Core core, PostgresReplica standby, int port) {
    AccountId author = person(core, "author");
    AccountId reader = person(core, "reader");
    TestClient asReader = TestClient.to(port).as(core.tokens.issue(reader));
    TestClient asAuthor = TestClient.to(port).as(core.tokens.issue(author));
    AccountId silent = person(core, "silent");
    TestClient asSilent = TestClient.to(port).as(core.tokens.issue(silent));
    core.follows.follow(silent, author);
    standby.awaitAll(core.database);
    await().atMost(Duration.ofSeconds(30)).until(core.replica::isUsable);
    standby.pause();

    assertThat(asReader.put("/api/v1/accounts/me/follows/" + author).status()).isEqualTo(204);
    String followees = "/api/v1/accounts/" + reader + "/followees";
    assertThat(asReader.get(followees).json().path("items")).as("own write").hasSize(1);
    assertThat(asAuthor.get(followees).json().path("items")).as("may lag").isEmpty();
    assertThat(asAuthor.post("/api/v1/posts", Map.of("text", "new")).status()).isEqualTo(201);
    // Who has written nothing may be answered by the replica, but for feeds.
    assertThat(asSilent.get("/api/v1/feed").json().path("items")).as("a build").hasSize(1);
    assertThat(asSilent.get("/api/v1/accounts/" + author + "/posts").json().path("items"))
        .as("an author feed")
        .hasSize(1);
    core.replica.reading(silent.value(), () -> readBelowAndOlder(core.postStore, author));
    FeedVerification.Report report =
        new FeedVerification(core, () -> true).these(List.of(reader.value(), silent.value()), true);
    assertThat(report.differences()).as("verification").isZero();
    assertThat(core.replica.isUsable()).as("lags, but not too much").isTrue();
    standby.resume();
  }

  private static void readBelowAndOlder(PostStore posts, AccountId author) {
    long[] authors = {author.value()};
    assertThat(posts.older(authors, Long.MAX_VALUE, 10)).as("older ones may lag").isEmpty();
    assertThat(posts.below(authors, Long.MAX_VALUE, 10)).as("a feed without Redis").hasSize(1);
  }

  private static FreshetConfig config(Path directory, PostgresReplica standby) {
    DatabaseAddress address = standby.address();
    String url =
        address.jdbcUrl()
            + "?user="
            + address.user().orElseThrow()
            + "&password="
            + address.password().orElseThrow();
    return FreshetConfig.load(
        Map.of("FRESHET_HOME", directory.resolve("home").toString(), "DATABASE_REPLICA_URL", url),
        Map.of());
  }

  private static AccountId person(Core core, String handle) {
    Profile profile = new Profile("A", "Person", Optional.empty(), "", "");
    return core.accounts
        .register(new Registration(Optional.of(handle), "a long enough password", profile))
        .id();
  }
}
