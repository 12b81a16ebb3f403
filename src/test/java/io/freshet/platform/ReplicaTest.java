package io.freshet.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.testkit.PostgresReplica;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReplicaTest {
  private static final Map<String, String> SMALL = Map.of("fsync", "off", "shared_buffers", "16MB");
  private static final long WRITER = 7;
  private static final long STRANGER = 8;

  @Test
  void showsEveryoneTheirOwnWritesAndIsLeftWhenItLagsOrDies(@TempDir Path directory) {
    Path home = directory.resolve("primary");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(home, SMALL);
        Database primary = Database.open(server.address(), 4)) {
      execute(primary, "CREATE TABLE number (n int)");
      try (PostgresReplica server2 =
              PostgresReplica.of(server.address(), home, directory.resolve("replica"), SMALL);
          Replica replica =
              Replica.of(
                  primary,
                  Database.openLater(server2.address(), 4, 10),
                  Positions.local(),
                  InstantSource.system())) {
        await().atMost(Duration.ofSeconds(30)).until(replica::isUsable);
        server2.pause();
        execute(primary, "INSERT INTO number VALUES (1)");
        replica.wrote(WRITER);

        assertThat(count(replica, STRANGER)).as("may lag").isZero();
        assertThat(count(replica, WRITER)).as("own write").isEqualTo(1);
        assertThat(unbound(replica)).as("caches, builds, verification").isEqualTo(1);
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> {
              assertThat(replica.isUsable()).as("too far behind").isFalse();
              assertThat(count(replica, STRANGER)).isEqualTo(1);
            });

        server2.resume();
        await().atMost(Duration.ofSeconds(30)).until(replica::isUsable);
        server2.kill();
        assertThat(count(replica, STRANGER)).as("the primary answers").isEqualTo(1);
        await().atMost(Duration.ofSeconds(30)).until(() -> !replica.isUsable());
        server2.restart();
        await().atMost(Duration.ofSeconds(60)).until(replica::isUsable);
        assertThat(count(replica, WRITER)).isEqualTo(1);
        assertThat(replica.reads()).isPositive();
      }
    }
  }

  @Test
  void sendsToThePrimaryOnlyWhatABusyReplicaRefuses(@TempDir Path directory) {
    Path home = directory.resolve("primary");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(home, SMALL);
        Database primary = Database.open(server.address(), 4)) {
      execute(primary, "CREATE TABLE number (n int)");
      try (PostgresReplica standby =
              PostgresReplica.of(server.address(), home, directory.resolve("replica"), SMALL);
          Replica replica =
              Replica.of(
                  primary,
                  // Nobody may wait, so everyone is refused.
                  Database.openLater(standby.address(), 4, 0),
                  Positions.local(),
                  InstantSource.system())) {
        await().atMost(Duration.ofSeconds(30)).until(replica::isUsable);
        standby.pause();
        execute(primary, "INSERT INTO number VALUES (1)");
        replica.wrote(WRITER);
        assertThat(count(replica, WRITER)).as("who has to wait for it").isEqualTo(1);
        assertThat(count(replica, STRANGER)).as("who has not").isEqualTo(1);
        assertThat(replica.isUsable()).isTrue();
        assertThat(replica.reads()).isZero();
        standby.resume();
      }
    }
  }

  private static void execute(Database database, String sql) {
    database.jdbi().useHandle(handle -> handle.execute(sql));
  }

  private static int count(Replica replica, long reader) {
    AtomicInteger counted = new AtomicInteger();
    replica.reading(reader, () -> counted.set(unbound(replica)));
    return counted.get();
  }

  private static int unbound(Replica replica) {
    return replica.query(
        handle -> handle.createQuery("SELECT count(*) FROM number").mapTo(Integer.class).one());
  }
}
