package io.freshet.web.limits.redis;

import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.Reply;
import io.freshet.platform.redis.Script;
import io.freshet.web.limits.SharedUses;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Uses in Redis, one key each: {@code l:<limit>:<caller>}, which is gone once the bucket is full.
 * Times are of Redis' own clock, so those of the nodes may differ. Thread-safe.
 */
public final class RedisUses implements SharedUses {
  private static final Script<List<Long>> USE =
      Script.load("limit-use", reply -> Reply.list(reply).stream().map(Reply::number).toList());

  private final Redis redis;

  public RedisUses(Redis redis) {
    this.redis = redis;
  }

  @Override
  public int shardOf(String key) {
    return redis.shardOf(key.hashCode());
  }

  @Override
  public CompletionStage<List<Long>> add(List<Use> uses) {
    byte[][] arguments =
        uses.stream()
            .<byte[]>mapMulti((use, to) -> {
              to.accept(bytes(use.uses()));
              to.accept(bytes(use.rate().most()));
              to.accept(bytes(TimeUnit.SECONDS.toMicros(use.rate().per().toSeconds())));
            })
            .toArray(byte[][]::new);
    int shard = shardOf(uses.getFirst().key());
    return redis.run(USE, shard, uses.stream().map(Use::key).toList(), arguments);
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
