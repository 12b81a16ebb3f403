package io.freshet.ranking.redis;

import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.Reply;
import io.freshet.platform.redis.Script;
import io.freshet.ranking.RankingCache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rankings of all processes. Key: {@code r:<name>}, which holds {@code V} and the ranking, or
 * {@code L} and the token of whoever computes it. Thread-safe.
 */
public final class RedisRankingCache implements RankingCache {
  private static final Script<Optional<byte[]>> GET = Script.load("ranking-get", Reply::bytes);
  private static final Script<Optional<byte[]>> LOOK = Script.load("ranking-look", Reply::bytes);
  private static final Script<Long> PUT = Script.load("ranking-put", Reply::number);
  private static final Script<Long> DROP = Script.load("ranking-drop", Reply::number);

  /** What {@code ranking-look} answers beside a ranking: one letter, its kind. */
  private static final byte MINE = 'L';

  private static final byte FOUND = 'V';

  private final Redis redis;

  public RedisRankingCache(Redis redis) {
    this.redis = redis;
  }

  @Override
  public Optional<byte[]> get(String name) {
    return run(GET, name);
  }

  @Override
  public Look look(String name) {
    long token = redis.token();
    byte[] answer = run(LOOK, name, bytes(token), millis(LEASE)).orElse(new byte[1]);
    return switch (answer[0]) {
      case FOUND -> new Look.Found(Arrays.copyOfRange(answer, 1, answer.length));
      case MINE -> new Look.Mine(token);
      default -> new Look.Others();
    };
  }

  @Override
  public void put(String name, byte[] ranking) {
    run(PUT, name, ranking, millis(KEPT));
  }

  @Override
  public void release(String name, long token) {
    run(DROP, name, bytes(token));
  }

  @Override
  public void drop(String name) {
    run(DROP, name, new byte[0]);
  }

  private <T> T run(Script<T> script, String name, byte[]... arguments) {
    int shard = redis.shardOf(name.hashCode());
    return redis.await(redis.run(script, shard, List.of("r:" + name), arguments));
  }

  private static byte[] millis(Duration duration) {
    return bytes(duration.toMillis());
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
