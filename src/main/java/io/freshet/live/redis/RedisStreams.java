package io.freshet.live.redis;

import static io.freshet.live.redis.ChannelShards.bytes;

import com.google.protobuf.InvalidProtocolBufferException;
import io.freshet.live.Epochs;
import io.freshet.live.Keeping;
import io.freshet.live.Position;
import io.freshet.live.Streams;
import io.freshet.live.protocol.Publication;
import io.freshet.live.redis.ChannelShards.Piece;
import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.Reply;
import io.freshet.platform.redis.Script;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The streams of all nodes. Everything fails with {@link
 * io.freshet.platform.redis.RedisAwayException} while Redis is away. What Redis has lost begins
 * again with another epoch, for keys of a former generation are never read.
 *
 * <p>Keys, in the shard of the channel:
 *
 * <ul>
 *   <li>{@code l:<channel>:s}: the position and the newest keys of batches, "offset epoch
 *       key@offset ...", for {@link Keeping#unusedAge};
 *   <li>{@code l:<channel>:p}: a list of publications without offsets, the newest first, for {@link
 *       Keeping#age} after that;
 *   <li>{@code l:<channel>:k:<key>}: the position after the append that used an idempotency key,
 *       for {@link Streams#KEY_AGE}.
 * </ul>
 */
public final class RedisStreams implements Streams {
  private static final Script<Appended> APPEND = Script.load("live-append", RedisStreams::appended);
  private static final Script<List<Kept>> APPEND_KEPT =
      Script.load("live-append-kept", RedisStreams::kept);
  private static final Script<List<@Nullable Object>> WHICH = Script.load("live-kept", Reply::list);
  private static final Script<List<@Nullable Object>> READ = Script.load("live-read", Reply::list);
  private static final Script<List<@Nullable Object>> TOUCH =
      Script.load("live-touch", Reply::list);
  private static final Script<Long> FORGET = Script.load("live-forget", Reply::number);

  /**
   * A stream that a batch found.
   *
   * @param index of its channel in the batch
   */
  private record Kept(int index, Position position) {}

  private final Redis redis;
  private final ChannelShards shards;
  private final RandomGenerator random;

  /**
   * @param random for epochs; thread-safe, and not the same after a restart
   */
  public RedisStreams(Redis redis, RandomGenerator random) {
    this.redis = redis;
    this.shards = new ChannelShards(redis);
    this.random = random;
  }

  @Override
  public Appended append(String channel, Publication publication, Keeping keeping, String key) {
    List<String> keys = new ArrayList<>(List.of(position(channel), publications(channel)));
    if (!key.isEmpty()) {
      keys.add("l:" + channel + ":k:" + key);
    }
    return redis.await(
        redis.run(
            APPEND,
            shards.of(channel),
            keys,
            stored(publication),
            bytes(keeping.size()),
            bytes(keeping.age().toMillis()),
            bytes(keeping.unusedAge().toMillis()),
            bytes(Epochs.next(random)),
            bytes(KEY_AGE.toMillis())));
  }

  @Override
  public Set<String> kept(List<String> channels) {
    List<Piece> pieces = shards.pieces(channels);
    List<CompletionStage<List<@Nullable Object>>> answers = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      answers.add(redis.run(WHICH, piece.shard(), positions(piece.channels())));
    }
    Set<String> kept = new HashSet<>();
    for (int i = 0; i < pieces.size(); i++) {
      List<String> asked = pieces.get(i).channels();
      for (Object number : redis.await(answers.get(i))) {
        kept.add(asked.get((int) Reply.number(number) - 1));
      }
    }
    return kept;
  }

  @Override
  public Map<String, Position> appendWhereKept(
      List<String> channels, Publication publication, Keeping keeping, String key) {
    byte[][] arguments = {
      stored(publication),
      bytes(keeping.size()),
      bytes(keeping.age().toMillis()),
      bytes(key.isEmpty() ? "" : hash(key)),
      bytes(KEYS_KEPT)
    };
    List<Piece> pieces = shards.pieces(channels);
    List<CompletionStage<List<Kept>>> answers = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      answers.add(redis.run(APPEND_KEPT, piece.shard(), positions(piece.channels()), arguments));
    }
    Map<String, Position> kept = new HashMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      List<String> asked = pieces.get(i).channels();
      redis
          .await(answers.get(i))
          .forEach(stream -> kept.put(asked.get(stream.index()), stream.position()));
    }
    return kept;
  }

  @Override
  public History read(String channel, Keeping keeping, long after, int limit, boolean isReverse) {
    List<@Nullable Object> answer =
        redis.await(
            redis.run(
                READ,
                shards.of(channel),
                List.of(position(channel), publications(channel)),
                bytes(after),
                bytes(limit),
                bytes(isReverse ? 1 : 0),
                bytes(keeping.unusedAge().toMillis()),
                bytes(Epochs.next(random))));
    List<Publication> found = new ArrayList<>(answer.size() - 2);
    long offset = Reply.number(answer.get(1));
    for (Object bytes : answer.subList(2, answer.size())) {
      found.add(publication(Reply.bytes(bytes).orElseThrow(), offset--));
    }
    if (!isReverse) {
      Collections.reverse(found);
    }
    return new History(found, position(answer.getFirst()));
  }

  @Override
  public Map<String, Position> touch(List<String> channels, Keeping keeping) {
    byte[] age = bytes(keeping.unusedAge().toMillis());
    List<Piece> pieces = shards.pieces(channels);
    List<CompletionStage<List<@Nullable Object>>> answers = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      byte[] epoch = bytes(Epochs.next(random));
      answers.add(redis.run(TOUCH, piece.shard(), positions(piece.channels()), age, epoch));
    }
    Map<String, Position> positions = HashMap.newHashMap(channels.size());
    for (int i = 0; i < pieces.size(); i++) {
      List<String> asked = pieces.get(i).channels();
      List<@Nullable Object> answer = redis.await(answers.get(i));
      for (int c = 0; c < asked.size(); c++) {
        positions.put(asked.get(c), position(answer.get(c)));
      }
    }
    return positions;
  }

  @Override
  public void remove(String channel) {
    redis.await(redis.run(FORGET, shards.of(channel), List.of(publications(channel))));
  }

  private static String position(String channel) {
    return "l:" + channel + ":s";
  }

  private static String publications(String channel) {
    return "l:" + channel + ":p";
  }

  private static List<String> positions(List<String> channels) {
    return channels.stream().map(RedisStreams::position).toList();
  }

  /** The offset is known by the place in the list. */
  private static byte[] stored(Publication publication) {
    return publication.toBuilder().clearOffset().build().toByteArray();
  }

  private static Publication publication(byte[] bytes, long offset) {
    try {
      return Publication.newBuilder().mergeFrom(bytes).setOffset(offset).build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("what was stored is no publication", e);
    }
  }

  private static Position position(@Nullable Object reply) {
    String text = Reply.text(reply);
    int space = text.indexOf(' ');
    int end = text.indexOf(' ', space + 1);
    return new Position(
        Long.parseLong(text, 0, space, 10),
        text.substring(space + 1, end < 0 ? text.length() : end));
  }

  /** Short, for each position holds some of them; two of 16 are the same once in 10^11. */
  private static String hash(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes(key));
      return HexFormat.of().formatHex(digest, 0, 5);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static Appended appended(@Nullable Object reply) {
    List<@Nullable Object> parts = Reply.list(reply);
    return new Appended(position(parts.get(1)), Reply.number(parts.get(0)) == 1);
  }

  private static List<Kept> kept(@Nullable Object reply) {
    List<@Nullable Object> parts = Reply.list(reply);
    List<Kept> kept = new ArrayList<>(parts.size() / 2);
    for (int i = 0; i < parts.size(); i += 2) {
      kept.add(new Kept((int) Reply.number(parts.get(i)) - 1, position(parts.get(i + 1))));
    }
    return kept;
  }
}
