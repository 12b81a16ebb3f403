package io.freshet.testkit;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The servers of a cluster, all private: PostgreSQL with a streaming replica, Redis with a replica,
 * RabbitMQ. Not thread-safe.
 */
public final class ClusterServers implements AutoCloseable {
  /** Whoever kills processes does not pull plugs: what was written is in the system's memory. */
  private static final Map<String, String> POSTGRES =
      Map.of(
          "fsync", "off",
          "full_page_writes", "off",
          "max_connections", "200",
          "shared_buffers", "64MB");

  private final PrivatePostgres postgres;
  private final PostgresReplica replica;
  private final RabbitServer rabbit;
  private RedisServer redis;
  private RedisServer redisReplica;

  private ClusterServers(Path directory) {
    CompletableFuture<RabbitServer> broker = CompletableFuture.supplyAsync(RabbitServer::start);
    try {
      this.redis = RedisServer.start();
      this.redisReplica = RedisServer.startReplicaOf(redis);
      this.postgres = PrivatePostgres.start(directory.resolve("postgres"), POSTGRES);
      this.replica =
          PostgresReplica.of(
              postgres.address(),
              postgres.directory(),
              directory.resolve("postgres-replica"),
              POSTGRES);
    } finally {
      broker.join();
    }
    this.rabbit = broker.join();
  }

  /** Starts them all, which takes some ten seconds. */
  public static ClusterServers start(Path directory) {
    return new ClusterServers(directory);
  }

  public PrivatePostgres postgres() {
    return postgres;
  }

  public PostgresReplica replica() {
    return replica;
  }

  public RabbitServer rabbit() {
    return rabbit;
  }

  /** The one that is written to. */
  public RedisServer redis() {
    return redis;
  }

  public RedisServer redisReplica() {
    return redisReplica;
  }

  /**
   * The replica becomes the master, with what it has got so far, while the former master goes on as
   * if nothing had happened, as after a split of the network.
   */
  public void failOverRedis() {
    RedisServer former = redis;
    redisReplica.cli("replicaof", "no", "one");
    redis = redisReplica;
    redisReplica = former;
  }

  /** The former master sees that it is none any more. */
  public void followRedis() {
    redisReplica.cli("replicaof", "127.0.0.1", Integer.toString(redis.port()));
  }

  /** Starts the killed master again, as a master, whatever it was at first. */
  public void restartRedis() {
    redis.restart();
    redis.cli("replicaof", "no", "one");
  }

  @Override
  public void close() {
    redisReplica.close();
    redis.close();
    rabbit.close();
    replica.close();
    postgres.close();
  }
}
