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
import java.util.concurrent.CompletableFuture;
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

  /**
   * Keys of one script: Redis serves nobody else meanwhile, and 200 values of 8 KB are 1.6 MB, some
   * milliseconds.
   */
  private static final int PIECE = 200;

  /** Ids of one shard, for one script. */
  private record Piece(int shard, List<Long> ids) {}

  private final Redis redis;

  public RedisSharedValues(Redis redis) {
    this.redis = redis;
  }

  @Override
  public Map<Long, byte[]> look(String cache, long epoch, Collection<Long> ids, long token) {
    List<Piece> pieces = pieces(ids);
    List<CompletionStage<List<Optional<byte[]>>>> answers = new ArrayList<>();
    for (Piece piece : pieces) {
      List<String> keys = keys(cache, epoch, piece.ids());
      answers.add(redis.run(LOOK, piece.shard(), keys, bytes(token), LEASE));
    }
    Map<Long, byte[]> found = HashMap.newHashMap(ids.size());
    for (int p = 0; p < pieces.size(); p++) {
      List<Long> some = pieces.get(p).ids();
      List<Optional<byte[]>> values = redis.await(answers.get(p));
      for (int i = 0; i < values.size(); i++) {
        Long id = some.get(i);
        values.get(i).ifPresent(value -> found.put(id, value));
      }
    }
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
    for (Piece piece : pieces(values.keySet())) {
      List<Long> some = piece.ids();
      byte[][] arguments = new byte[some.size() + 2][];
      arguments[0] = bytes(token);
      arguments[1] = KEPT;
      for (int i = 0; i < some.size(); i++) {
        arguments[i + 2] = values.getOrDefault(some.get(i), new byte[0]);
      }
      // Nobody waits: what was not filled in is loaded again.
      var _ = redis.run(FILL, piece.shard(), keys(cache, epoch, some), arguments);
    }
  }

  /** Removes the values and ends the leases on those that are being loaded. */
  CompletionStage<?> remove(String cache, long epoch, Collection<Long> ids) {
    return CompletableFuture.allOf(
        pieces(ids).stream()
            .map(piece -> redis.run(REMOVE, piece.shard(), keys(cache, epoch, piece.ids())))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  private List<Piece> pieces(Collection<Long> ids) {
    Map<Integer, List<Long>> shards = new HashMap<>();
    ids.forEach(
        id -> shards.computeIfAbsent(redis.shardOf(id), shard -> new ArrayList<>()).add(id));
    List<Piece> pieces = new ArrayList<>();
    shards.forEach((shard, all) -> {
      for (int from = 0; from < all.size(); from += PIECE) {
        pieces.add(new Piece(shard, all.subList(from, Math.min(from + PIECE, all.size()))));
      }
    });
    return pieces;
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
