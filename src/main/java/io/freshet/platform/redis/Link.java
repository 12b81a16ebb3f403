package io.freshet.platform.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server process. It never reconnects: what answers at the same address later
 * may be another process that lost the end of what this one had. Commands of all threads are
 * pipelined on it. Thread-safe.
 */
final class Link implements AutoCloseable {
  /** Looks in a row that see commands waiting and none answered, after which it counts as dead. */
  private static final int PATIENCE_LOOKS = 3;

  /** Keys of one step of a walk over all: well under a millisecond of the server's time. */
  private static final int SCANNED = 1_000;

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final RedisAsyncCommands<byte[], byte[]> commands;
  private final RedisURI uri;
  private final String server;
  private final boolean clustered;
  private final long client;
  private final LongAdder sent = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private long answeredBefore;
  private int idleLooks;

  private Link(StatefulRedisConnection<byte[], byte[]> connection, RedisURI uri, String info) {
    this.connection = connection;
    this.commands = connection.async();
    this.uri = uri;
    this.server = field(info, "run_id");
    this.client = connection.sync().clientId();
    this.clustered = field(info, "cluster_enabled").equals("1");
  }

  /**
   * Connects, within the URI's timeout.
   *
   * @param onLoss called once, when the connection has ended
   */
  static Link open(RedisClient client, RedisURI uri, Runnable onLoss) {
    StatefulRedisConnection<byte[], byte[]> connection =
        client.connect(ByteArrayCodec.INSTANCE, uri);
    try {
      connection.addListener(
          new RedisConnectionStateAdapter() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> ended) {
              onLoss.run();
            }
          });
      String info = connection.sync().info();
      ServerVersion.require(field(info, "redis_version"), addressOf(uri));
      return new Link(connection, uri, info);
    } catch (RuntimeException e) {
      var _ = connection.closeAsync();
      throw e;
    }
  }

  static String addressOf(RedisURI uri) {
    return uri.getSentinels().isEmpty()
        ? uri.getHost() + ":" + uri.getPort()
        : "sentinel master " + uri.getSentinelMasterId();
  }

  private static String field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElseThrow(() -> new RedisAwayException("Redis does not tell its " + name));
  }

  RedisURI uri() {
    return uri;
  }

  String address() {
    return addressOf(uri);
  }

  /** The run id of the server process. */
  String server() {
    return server;
  }

  /** Whether the server is a node of a Redis Cluster. */
  boolean clustered() {
    return clustered;
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  /** Runs the script; the stage fails with what Lettuce throws. */
  <T> CompletionStage<T> run(Script<T> script, byte[][] keys, byte[][] arguments) {
    CompletableFuture<T> result = new CompletableFuture<>();
    send(CommandType.EVALSHA, script.sha(), keys, arguments)
        .whenComplete((reply, error) -> {
          if (error instanceof RedisNoScriptException) {
            // The text tells it to the server, for the next time too.
            send(CommandType.EVAL, script.source(), keys, arguments)
                .whenComplete((second, failure) -> complete(result, script, second, failure));
          } else {
            complete(result, script, reply, error);
          }
        });
    return result;
  }

  private CompletionStage<@Nullable Object> send(
      CommandType command, byte[] script, byte[][] keys, byte[][] arguments) {
    CommandArgs<byte[], byte[]> all =
        new CommandArgs<>(ByteArrayCodec.INSTANCE).add(script).add(keys.length);
    for (byte[] key : keys) {
      all.addKey(key);
    }
    for (byte[] argument : arguments) {
      all.add(argument);
    }
    RedisFuture<@Nullable Object> reply = commands.dispatch(command, new ReplyOutput(), all);
    return counted(reply);
  }

  /** Every command goes through here, or its silence would not be noticed. */
  private <T extends @Nullable Object> CompletionStage<T> counted(RedisFuture<T> reply) {
    sent.increment();
    reply.whenComplete((_, _) -> answered.increment());
    return reply;
  }

  private static <T> void complete(
      CompletableFuture<T> result,
      Script<T> script,
      @Nullable Object reply,
      @Nullable Throwable error) {
    if (error != null) {
      result.completeExceptionally(error);
      return;
    }
    try {
      result.complete(script.decoder().apply(reply));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  /** The shard's home as recorded in the server now, and whether the server is a master now. */
  CompletionStage<Boolean> isHomeOf(Home home) {
    CompletionStage<Boolean> isMaster =
        counted(commands.role()).thenApply(role -> Reply.text(role.getFirst()).equals("master"));
    return counted(commands.hget(Home.key(home.shard()), Home.bytes("id")))
        .thenCombine(isMaster, (id, master) -> master && Reply.text(id).equals(home.id()));
  }

  /** Some hundred keys of ours, and where to go on. */
  CompletionStage<KeyScanCursor<byte[]>> scan(ScanCursor from) {
    return counted(commands.scan(from, ScanArgs.Builder.limit(SCANNED).match(Home.PATTERN)));
  }

  /**
   * Ends a former connection of ours to the same server, so that what it sent and the server has
   * not read yet is never done after what this one sends.
   */
  void supersede(Link former) {
    if (former.server.equals(server)) {
      connection.sync().clientKill(KillArgs.Builder.id(former.client));
    }
  }

  CompletionStage<Long> keys() {
    return counted(commands.dbsize());
  }

  /** CLUSTER SLOTS: ranges of slots, each with its master and replicas. */
  CompletionStage<List<@Nullable Object>> slots() {
    return counted(commands.clusterSlots()).thenApply(Reply::list);
  }

  /** To be called once a timeout: closes a connection on which nothing is answered any more. */
  void closeIfSilent() {
    long now = answered.sum();
    boolean silent = now == answeredBefore && sent.sum() > now;
    idleLooks = silent ? idleLooks + 1 : 0;
    answeredBefore = now;
    if (idleLooks >= PATIENCE_LOOKS) {
      close();
    }
  }

  @Override
  public void close() {
    var _ = connection.closeAsync();
  }
}
