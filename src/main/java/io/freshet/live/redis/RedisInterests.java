package io.freshet.live.redis;

import static io.freshet.live.redis.ChannelShards.bytes;

import io.freshet.live.Interests;
import io.freshet.live.redis.ChannelShards.Piece;
import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.Reply;
import io.freshet.platform.redis.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The table in Redis: in each shard a hash {@code li} of its channels, and in the first one a hash
 * {@code ln} of the nodes themselves. Time is that of Redis. Where Redis was emptied the table is
 * new, and not relied on for a while.
 */
public final class RedisInterests implements Interests {
  private static final String CHANNELS = "li";
  private static final String NODES = "ln";
  private static final int NODES_SHARD = 0;

  /** A table that nobody announces anything to is soon not relied on any more. */
  private static final byte[] TABLE_AGE = bytes(2 * AGE.toMillis());

  private static final Script<Long> JOIN = Script.load("live-join", Reply::number);
  private static final Script<Long> LEAVE = Script.load("live-leave", Reply::number);
  private static final Script<List<@Nullable Object>> FIND = Script.load("live-nodes", Reply::list);
  private static final Script<List<@Nullable Object>> SCAN =
      Script.load("live-channels", Reply::list);

  private final Redis redis;
  private final ChannelShards shards;

  public RedisInterests(Redis redis) {
    this.redis = redis;
    this.shards = new ChannelShards(redis);
  }

  /** Also to shards where it has no channel, so that the table there is relied on. */
  @Override
  public void announce(String node, Collection<String> channels) {
    List<CompletionStage<Long>> sent = new ArrayList<>();
    sent.add(join(NODES_SHARD, NODES, node, List.of(node)));
    for (int shard = 0; shard < redis.shards(); shard++) {
      sent.add(join(shard, CHANNELS, node, List.of()));
    }
    sent.addAll(sendJoin(node, channels));
    sent.forEach(redis::await);
  }

  @Override
  public void join(String node, Collection<String> channels) {
    sendJoin(node, channels).forEach(redis::await);
  }

  private List<CompletionStage<Long>> sendJoin(String node, Collection<String> channels) {
    return shards.pieces(channels).stream()
        .map(piece -> join(piece.shard(), CHANNELS, node, piece.channels()))
        .toList();
  }

  private CompletionStage<Long> join(int shard, String table, String node, List<String> channels) {
    byte[][] arguments = arguments(channels, bytes(node), bytes(AGE.toMillis()), TABLE_AGE);
    return redis.run(JOIN, shard, List.of(table), arguments);
  }

  @Override
  public void leave(String node, Collection<String> channels) {
    for (Piece piece : shards.pieces(channels)) {
      // If it is lost, others send here in vain until it ages.
      var _ = leave(piece.shard(), CHANNELS, node, piece.channels());
    }
  }

  @Override
  public void withdraw(String node, Collection<String> channels) {
    List<CompletionStage<Long>> sent = new ArrayList<>();
    sent.add(leave(NODES_SHARD, NODES, node, List.of(node)));
    for (Piece piece : shards.pieces(channels)) {
      sent.add(leave(piece.shard(), CHANNELS, node, piece.channels()));
    }
    sent.forEach(redis::await);
  }

  private CompletionStage<Long> leave(int shard, String table, String node, List<String> channels) {
    return redis.run(LEAVE, shard, List.of(table), arguments(channels, bytes(node)));
  }

  @Override
  public Optional<Map<String, List<String>>> of(Collection<String> channels) {
    List<Piece> pieces = shards.pieces(channels);
    List<CompletionStage<List<@Nullable Object>>> answers = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      answers.add(redis.run(FIND, piece.shard(), List.of(CHANNELS), arguments(piece.channels())));
    }
    Map<String, List<String>> nodes = new HashMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      List<@Nullable Object> answer = redis.await(answers.get(i));
      if (!isSettled(answer)) {
        return Optional.empty();
      }
      List<String> asked = pieces.get(i).channels();
      for (int c = 0; c < asked.size(); c++) {
        List<String> live = liveNodes(answer.get(c + 2), Reply.number(answer.getFirst()));
        if (!live.isEmpty()) {
          nodes.put(asked.get(c), live);
        }
      }
    }
    return Optional.of(nodes);
  }

  @Override
  public boolean knows(String node) {
    List<@Nullable Object> answer =
        redis.await(redis.run(FIND, NODES_SHARD, List.of(NODES), bytes(node)));
    return !isSettled(answer) || !liveNodes(answer.get(2), Reply.number(answer.get(0))).isEmpty();
  }

  @Override
  public Set<String> channels() {
    Set<String> channels = new HashSet<>();
    for (int shard = 0; shard < redis.shards(); shard++) {
      String at = "0";
      do {
        List<@Nullable Object> some =
            redis.await(redis.run(SCAN, shard, List.of(CHANNELS), bytes(at)));
        at = Reply.text(some.getFirst());
        for (int i = 2; i < some.size(); i += 2) {
          String channel = Reply.text(some.get(i));
          if (!channel.isEmpty()
              && !liveNodes(some.get(i + 1), Reply.number(some.get(1))).isEmpty()) {
            channels.add(channel);
          }
        }
      } while (!at.equals("0"));
    }
    return channels;
  }

  @Override
  public void onLoss(Runnable listener) {
    redis.onChange(listener);
  }

  private static boolean isSettled(List<@Nullable Object> answer) {
    String since = Reply.text(answer.get(1));
    return !since.isEmpty()
        && Reply.number(answer.getFirst()) - Long.parseLong(since) >= SETTLING.toMillis();
  }

  /** Those of "node until node until" whose time has not come. */
  private static List<String> liveNodes(@Nullable Object entry, long now) {
    String text = Reply.text(entry);
    if (text.isEmpty()) {
      return List.of();
    }
    String[] words = text.split(" ", -1);
    List<String> live = new ArrayList<>(words.length / 2);
    for (int i = 0; i < words.length; i += 2) {
      if (Long.parseLong(words[i + 1]) > now) {
        live.add(words[i]);
      }
    }
    return live;
  }

  private static byte[][] arguments(List<String> channels, byte[]... before) {
    byte[][] arguments = new byte[before.length + channels.size()][];
    System.arraycopy(before, 0, arguments, 0, before.length);
    for (int i = 0; i < channels.size(); i++) {
      arguments[before.length + i] = bytes(channels.get(i));
    }
    return arguments;
  }
}
