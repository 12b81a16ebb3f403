package io.freshet.platform.redis;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Metrics;
import io.freshet.platform.OperatorException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Redis in shards, each on one server process that is known by its run id; everything is asked by
 * scripts, which are pipelined.
 *
 * <p>Keys are {@code f1:{shard}:<generation>:<suffix>}. A generation begins when a server process
 * becomes the home of a shard: one that was restarted, or was a replica, may have lost the end of
 * what its predecessor acknowledged, so nothing of that is read again. Each script checks the
 * generation before it does anything. Where Redis is away, everything fails with {@link
 * RedisAwayException} at once, and in the background a new home is sought. Thread-safe; waiting
 * virtual threads cost nothing.
 */
public final class Redis implements AutoCloseable {
  /** Errors by which a server says that it is not the shard's home (any more). */
  private static final Set<String> NOT_HOME =
      Set.of(
          Script.STALE,
          "MOVED",
          "ASK",
          "TRYAGAIN",
          "CLUSTERDOWN",
          "READONLY",
          "MASTERDOWN",
          "LOADING",
          "UNBLOCKED");

  /** Errors that pass: out of memory, no replica to copy to, disk trouble, a long script. */
  private static final Set<String> PASSING = Set.of("OOM", "NOREPLICAS", "MISCONF", "BUSY");

  private static final List<Duration> BUCKETS =
      Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500).map(Duration::ofMillis).toList();

  private final RedisClient client;
  private final Duration timeout;
  private final Homes homes;
  private volatile Optional<Timer> answered = Optional.empty();
  private final LongAdder failed = new LongAdder();

  private Redis(RedisClient client, RedisURI uri, int shards, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
    this.homes =
        new Homes(
            shards, onLoss -> new Places(client, uri, this::await, onLoss), this::await, timeout);
  }

  /**
   * Connects, or goes on trying in the background.
   *
   * @throws OperatorException if there is no URL, it is none of Redis, or other processes divide
   *     this Redis into another number of shards
   */
  public static Redis open(FreshetConfig.Redis config) {
    Duration timeout = Duration.ofMillis(config.timeoutMillis());
    RedisURI uri = parse(config.url().orElse(""));
    uri.setTimeout(timeout);
    if (!config.verifyPeer()) {
      uri.setVerifyPeer(SslVerifyMode.NONE);
    }
    RedisClient client = RedisClient.create(Resources.pipelined());
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .protocolVersion(ProtocolVersion.RESP2)
            // Whoever waits has a timeout, see await; a timer for each command would cost more.
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
            .build());
    Redis redis = new Redis(client, uri, config.shards(), timeout);
    redis
        .homes
        .refusal()
        .ifPresent(refusal -> {
          redis.close();
          throw new OperatorException(refusal.getMessage() + ".", refusal);
        });
    return redis;
  }

  private static RedisURI parse(String url) {
    try {
      return RedisURI.create(url);
    } catch (IllegalArgumentException e) {
      // The message may hold the password, so it is not repeated.
      throw new OperatorException(
          "redis.url is not an address of Redis: write redis://host:port, rediss://host:port or"
              + " redis-sentinel://host:port,host:port#master.");
    }
  }

  public int shards() {
    return homes.shards();
  }

  /** The shard of an account, a post, or whatever has this id. */
  public int shardOf(long id) {
    return (int) (((id * 0x9E3779B97F4A7C15L) >>> 33) % homes.shards());
  }

  /**
   * Sends the script to the shard's home, without waiting.
   *
   * @param keys KEYS without what all keys of the shard begin with
   * @return fails with {@link RedisAwayException}; a stage may wait for ever, {@link #await} does
   *     not
   */
  public <T> CompletionStage<T> run(
      Script<T> script, int shard, List<String> keys, byte[]... arguments) {
    Optional<Home> home = homes.of(shard);
    if (home.isEmpty()) {
      return CompletableFuture.failedStage(new RedisAwayException("Redis is away"));
    }
    Home at = home.get();
    long start = System.nanoTime();
    return at.link()
        .run(script, at.keys(keys), at.arguments(arguments))
        .handle((value, thrown) -> {
          if (thrown != null) {
            failed.increment();
            throw failure(at, script, thrown);
          }
          answered.ifPresent(timer -> timer.record(System.nanoTime() - start, NANOSECONDS));
          return value;
        });
  }

  /** Shows how long scripts take, from here to there and back, and how many fail. */
  public void measure(Metrics metrics) {
    answered =
        Optional.of(metrics.timer("freshet_redis_scripts", "Scripts that Redis answered", BUCKETS));
    metrics.count("freshet_redis_failed", "Scripts that failed or were refused", failed::sum);
    metrics.gauge("freshet_redis_keys", "Keys in all Redis servers", this::keys);
  }

  /**
   * Listens to what scripts of this shard publish under these names, until the connection ends.
   *
   * @param heard runs on the thread that reads from Redis: it must be short and never wait
   * @throws RedisAwayException if it cannot be reached
   */
  public Subscription subscribe(int shard, List<String> names, Consumer<byte[]> heard) {
    Home home = homes.of(shard).orElseThrow(() -> new RedisAwayException("Redis is away"));
    try {
      return Subscription.open(client, home.link().uri(), names, heard);
    } catch (RedisException e) {
      throw new RedisAwayException("Redis cannot be listened to", e);
    }
  }

  private RuntimeException failure(Home home, Script<?> script, Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
    if (!(cause instanceof RedisCommandExecutionException)) {
      // When a connection ends, what is underway is cancelled, or fails with an IOException.
      return cause instanceof RedisException
              || cause instanceof CancellationException
              || cause instanceof IOException
          ? new RedisAwayException("The connection to Redis was lost", cause)
          : new IllegalStateException("Redis script " + script.name() + " failed", cause);
    }
    String said = String.valueOf(cause.getMessage());
    String code = said.split(" ", 2)[0];
    if (NOT_HOME.contains(code)) {
      homes.lose(home);
      return new RedisAwayException("Redis shard " + home.shard() + " moves: " + said, cause);
    }
    return PASSING.contains(code)
        ? new RedisAwayException("Redis refuses: " + said, cause)
        : new IllegalStateException("Redis script " + script.name() + " failed: " + said, cause);
  }

  /** Waits for the answer, but no longer than the timeout. */
  public <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(timeout.toNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      throw new RedisAwayException("Redis has not answered in " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisAwayException("Interrupted while waiting for Redis", e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return switch (e.getCause()) {
      case RedisAwayException away -> new RedisAwayException(String.valueOf(away.getMessage()), e);
      case RuntimeException other -> other;
      case null, default -> new IllegalStateException(e);
    };
  }

  /**
   * Who serves the shard, as asked from it just now: its run id and the generation; nothing if it
   * does not answer, is no master, or is the home no more.
   */
  public Optional<String> serverOf(int shard) {
    return homes
        .of(shard)
        .filter(home -> {
          try {
            return await(home.link().isHomeOf(home));
          } catch (RuntimeException e) {
            return false;
          }
        })
        .map(Home::id);
  }

  /**
   * Leaves everything behind that this shard holds, for all processes: those that hold it to have
   * its former generation are refused once and find the new one.
   */
  public void renew(int shard) {
    homes.renew(shard);
  }

  /** A number at random, positive: no two are the same. */
  public long token() {
    return homes.token();
  }

  /** How many keys all servers hold, those of shards that are away not counted. */
  public long keys() {
    return homes.links().stream()
        .mapToLong(link -> {
          try {
            return await(link.keys());
          } catch (RuntimeException e) {
            return 0;
          }
        })
        .sum();
  }

  /** To be called when a shard has lost its home or has a new one; must be short and never wait. */
  public void onChange(Runnable listener) {
    homes.onChange(listener);
  }

  @Override
  public void close() {
    homes.close();
  }
}
