package io.freshet.platform.redis;

import io.freshet.platform.cluster.SharedValues;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The shared cache: a key {@code c:<cache>:<epoch>:<id>} in the id's shard holds {@code V} and the
 * value, or {@code L} and the token of whoever may fill it in. Thread-safe.
 */
public final class RedisSharedValues implements SharedValues {
  /** A day: what nobody reads goes, and so does what an older epoch left. */
  private static final byte[] KEPT = millis(Duration.ofDays(1));

  /** Longer than any load takes; when its holder died, others load without filling in. */
  private static final byte[] LEASE = millis(Duration.ofSeconds(5));

  private static final Script<List<Optional<byte[]>>> LOOK =
      Script.load("shared-look", RedisSharedValues::values);
  private static final Script<Long> FILL = Script.load("shared-fill", Reply::number);
  private static final Script<Long> REMOVE = Script.load("shared-remove", Reply::number);

  private final Redis redis;

  public RedisSharedValues(Redis redis) {
    this.redis = redis;
  }

  @Override
  public Map<Long, byte[]> look(String cache, long epoch, Collection<Long> ids, long token) {
    Map<List<Long>, CompletionStage<List<Optional<byte[]>>>> asked = new HashMap<>();
    byShard(ids)
        .forEach((shard, some) ->
            asked.put(some, redis.run(LOOK, shard, keys(cache, epoch, some), bytes(token), LEASE)));
    Map<Long, byte[]> found = HashMap.newHashMap(ids.size());
    asked.forEach((some, answer) -> {
      List<Optional<byte[]>> values = redis.await(answer);
      for (int i = 0; i < values.size(); i++) {
        Long id = some.get(i);
        values.get(i).ifPresent(value -> found.put(id, value));
      }
    });
    return found;
  }

  private static List<Optional<byte[]>> values(@Nullable Object reply) {
    List<Optional<byte[]>> values = new ArrayList<>();
    for (Object value : Reply.list(reply)) {
      values.add(Reply.bytes(value));
    }
    return values;
  }

  @Override
  public void fill(String cache, long epoch, Map<Long, byte[]> values, long token) {
    byShard(values.keySet())
        .forEach((shard, some) -> {
          byte[][] arguments = new byte[some.size() + 2][];
          arguments[0] = bytes(token);
          arguments[1] = KEPT;
          for (int i = 0; i < some.size(); i++) {
            arguments[i + 2] = values.getOrDefault(some.get(i), new byte[0]);
          }
          // Nobody waits: what was not filled in is loaded again.
          var _ = redis.run(FILL, shard, keys(cache, epoch, some), arguments);
        });
  }

  CompletionStage<Long> remove(String cache, long epoch, int shard, List<Long> ids) {
    return redis.run(REMOVE, shard, keys(cache, epoch, ids));
  }

  Map<Integer, List<Long>> byShard(Collection<Long> ids) {
    Map<Integer, List<Long>> shards = new HashMap<>();
    ids.forEach(
        id -> shards.computeIfAbsent(redis.shardOf(id), shard -> new ArrayList<>()).add(id));
    return shards;
  }

  private static List<String> keys(String cache, long epoch, List<Long> ids) {
    return ids.stream().map(id -> "c:" + cache + ":" + epoch + ":" + id).toList();
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static byte[] millis(Duration duration) {
    return Long.toString(duration.toMillis()).getBytes(StandardCharsets.US_ASCII);
  }
}
