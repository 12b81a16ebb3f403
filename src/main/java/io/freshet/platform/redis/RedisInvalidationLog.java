package io.freshet.platform.redis;

import io.freshet.platform.cluster.InvalidationLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The log of invalidations in shard 0: {@code log} is a hash of its life and last number, {@code
 * log:entries} a list of the newest {@link #KEPT} entries, each the origin and the id in 8 bytes
 * and the name of the cache. Thread-safe.
 */
public final class RedisInvalidationLog implements InvalidationLog {
  /** Some seconds of writes; a process that lags by more forgets all it remembers. */
  private static final int KEPT = 8_192;

  private static final int SHARD = 0;
  private static final List<String> KEYS = List.of("log", "log:entries");
  private static final Script<Long> APPEND = Script.load("log-append", Reply::number);
  private static final Script<Tail> FETCH = Script.load("log-fetch", RedisInvalidationLog::tail);

  private final Redis redis;
  private final RedisSharedValues values;

  /** The life of a log that this process begins. */
  private final byte[] life;

  public RedisInvalidationLog(Redis redis, RedisSharedValues values) {
    this.redis = redis;
    this.values = values;
    byte[] random = new byte[12];
    new SecureRandom().nextBytes(random);
    this.life = ascii(HexFormat.of().formatHex(random));
  }

  /** All shards' homes: what is shared in any of them is shared with the same processes. */
  @Override
  public Optional<String> home() {
    StringBuilder all = new StringBuilder();
    for (int shard = 0; shard < redis.shards(); shard++) {
      Optional<String> server = redis.serverOf(shard);
      if (server.isEmpty()) {
        return Optional.empty();
      }
      all.append(server.get()).append('\n');
    }
    return Optional.of(digest(all.toString()));
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(ascii(text));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void onChange(Runnable listener) {
    redis.onChange(listener);
  }

  @Override
  public void renew() {
    for (int shard = 0; shard < redis.shards(); shard++) {
      redis.renew(shard);
    }
  }

  @Override
  public CompletionStage<?> append(Entry entry) {
    byte[] name = ascii(entry.cache());
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES + name.length)
            .putLong(entry.origin())
            .putLong(entry.id())
            .put(name)
            .array();
    return redis.run(APPEND, SHARD, KEYS, freshLife(), bytes, ascii(Integer.toString(KEPT)));
  }

  @Override
  public CompletionStage<Tail> fetch(String knownLife, long after) {
    return redis.run(
        FETCH, SHARD, KEYS, freshLife(), ascii(knownLife), ascii(Long.toString(after)));
  }

  /** Never the same twice: a log that is lost and begun again is another one. */
  private byte[] freshLife() {
    byte[] fresh = new byte[life.length + Long.BYTES];
    System.arraycopy(life, 0, fresh, 0, life.length);
    ByteBuffer.wrap(fresh).putLong(life.length, System.nanoTime());
    return ascii(HexFormat.of().formatHex(fresh));
  }

  private static Tail tail(@Nullable Object reply) {
    List<@Nullable Object> parts = Reply.list(reply);
    List<Entry> entries = new ArrayList<>(parts.size());
    for (Object part : parts.subList(2, parts.size())) {
      Reply.bytes(part).map(RedisInvalidationLog::entry).ifPresent(entries::add);
    }
    return new Tail(Reply.text(parts.get(0)), Long.parseLong(Reply.text(parts.get(1))), entries);
  }

  private static Entry entry(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long origin = buffer.getLong();
    long id = buffer.getLong();
    int at = buffer.position();
    String cache = new String(bytes, at, bytes.length - at, StandardCharsets.US_ASCII);
    return new Entry(origin, cache, id);
  }

  @Override
  public CompletionStage<?> remove(String cache, long epoch, Collection<Long> ids) {
    return values.remove(cache, epoch, ids);
  }

  @Override
  public <T> T await(CompletionStage<T> stage) {
    return redis.await(stage);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
