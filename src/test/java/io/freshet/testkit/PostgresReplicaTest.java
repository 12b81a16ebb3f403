package io.freshet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Database;
import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PostgresReplicaTest {
  private static final Map<String, String> SMALL = Map.of("fsync", "off", "shared_buffers", "16MB");

  @Test
  void followsThePrimaryThroughAPauseAndAKill(@TempDir Path directory) {
    Path home = directory.resolve("primary");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(home, SMALL);
        Database primary = Database.open(server.address(), 2)) {
      execute(primary, "CREATE TABLE number (n int)");
      try (PostgresReplica replica =
          PostgresReplica.of(server.address(), home, directory.resolve("replica"), SMALL)) {
        execute(primary, "INSERT INTO number VALUES (1)");
        replica.awaitAll(primary);
        assertThat(sum(replica.address())).isEqualTo(1);

        replica.pause();
        execute(primary, "INSERT INTO number VALUES (2)");
        assertThat(sum(replica.address())).isEqualTo(1);
        replica.resume();
        replica.awaitAll(primary);
        assertThat(sum(replica.address())).isEqualTo(3);

        DatabaseAddress before = replica.address();
        replica.kill();
        execute(primary, "INSERT INTO number VALUES (3)");
        replica.restart();
        replica.awaitAll(primary);
        assertThat(replica.address()).isEqualTo(before);
        assertThat(sum(before)).isEqualTo(6);
      }
    }
  }

  private static void execute(Database database, String sql) {
    database.jdbi().useHandle(handle -> handle.execute(sql));
  }

  private static int sum(DatabaseAddress address) {
    try (Database database = Database.open(address, 1)) {
      return database
          .jdbi()
          .withHandle(
              handle -> handle.createQuery("SELECT sum(n) FROM number").mapTo(Integer.class).one());
    }
  }
}
