package io.freshet.platform.redis;

import io.freshet.platform.Positions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The {@link Positions} of all processes. Key: {@code w:<account>}. While Redis is away, and until
 * what was missed meanwhile has aged, no position is known. Thread-safe.
 */
public final class RedisPositions implements Positions {
  private static final Script<Long> PUT = Script.load("position-put", Reply::number);
  private static final Script<String> GET = Script.load("position-get", Reply::text);

  private final Redis redis;
  private final InstantSource clock;
  private final Positions own = Positions.local();
  private volatile Instant unknownUntil = Instant.MIN;

  public RedisPositions(Redis redis, InstantSource clock) {
    this.redis = redis;
    this.clock = clock;
    redis.onChange(this::doubt);
  }

  @Override
  public void put(long account, long position) {
    own.put(account, position);
    try {
      redis.await(
          redis.run(
              PUT,
              redis.shardOf(account),
              List.of("w:" + account),
              bytes(position),
              bytes(KEPT.toMillis())));
    } catch (RedisAwayException e) {
      doubt();
    }
  }

  @Override
  public long of(long account) {
    if (clock.instant().isBefore(unknownUntil)) {
      return UNKNOWN;
    }
    try {
      String shared = redis.await(redis.run(GET, redis.shardOf(account), List.of("w:" + account)));
      return Math.max(own.of(account), shared.isEmpty() ? 0 : Long.parseLong(shared));
    } catch (RedisAwayException e) {
      doubt();
      return UNKNOWN;
    }
  }

  private void doubt() {
    unknownUntil = clock.instant().plus(KEPT);
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
