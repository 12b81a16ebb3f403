package io.freshet.deploy;

import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.EmbeddedPostgres;
import io.freshet.testkit.PostgresReplica;
import io.freshet.testkit.RabbitServer;
import io.freshet.testkit.RedisServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What a deployment finds in place: PostgreSQL with a replica, Redis and RabbitMQ, all private. */
final class PrivateServers implements AutoCloseable {
  private static final Map<String, String> SMALL =
      Map.of("fsync", "off", "max_connections", "100", "shared_buffers", "64MB");

  private final EmbeddedPostgres primary;
  private final PostgresReplica replica;
  private final RedisServer redis;
  private final RabbitServer rabbit;

  PrivateServers(Path directory) {
    Path primaryDirectory = directory.resolve("primary");
    this.primary = EmbeddedPostgres.start(primaryDirectory, SMALL);
    this.replica =
        PostgresReplica.of(
            primary.address(), primaryDirectory, directory.resolve("replica"), SMALL);
    this.redis = RedisServer.start();
    this.rabbit = RabbitServer.start();
  }

  /** The environment of a process, with its addresses led here; others are left as they are. */
  Map<String, String> ledHere(Map<String, String> environment) {
    Map<String, String> led = new TreeMap<>(environment);
    led.computeIfPresent("DATABASE_URL", (name, given) -> url(primary.address()));
    led.computeIfPresent("DATABASE_REPLICA_URL", (name, given) -> url(replica.address()));
    led.computeIfPresent("REDIS_URL", (name, given) -> redis.url());
    led.computeIfPresent("FRESHET_RABBITMQ_URL", (name, given) -> rabbit.url());
    led.computeIfPresent("CLOUDAMQP_URL", (name, given) -> rabbit.url());
    // Several of them share this machine with other tests.
    led.put("FRESHET_JAVA_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1");
    return led;
  }

  private static String url(DatabaseAddress address) {
    return "postgres://%s:%s@%s"
        .formatted(
            address.user().orElseThrow(),
            address.password().orElseThrow(),
            address.jdbcUrl().replaceFirst("^jdbc:postgresql://", ""));
  }

  @Override
  public void close() {
    rabbit.close();
    redis.close();
    replica.close();
    primary.close();
  }
}
