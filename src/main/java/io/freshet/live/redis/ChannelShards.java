package io.freshet.live.redis;

import io.freshet.platform.Ids;
import io.freshet.platform.redis.Redis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Where the keys of channels are: a user's channel in the shard of the account, and its feed. */
final class ChannelShards {
  /**
   * Channels of one script: under a millisecond of the server's time, for reads wait behind it; and
   * Lua's stack bounds how many keys one command takes.
   */
  private static final int PIECE = 500;

  /** Channels of one shard, for one script. */
  record Piece(int shard, List<String> channels) {}

  private final Redis redis;

  ChannelShards(Redis redis) {
    this.redis = redis;
  }

  int of(String channel) {
    int digits = channel.lastIndexOf('#') + 1;
    long hash = channel.hashCode();
    return redis.shardOf(digits > 0 ? Ids.parse(channel.substring(digits)).orElse(hash) : hash);
  }

  /** In the order given, so that the same channels make the same pieces. */
  List<Piece> pieces(Collection<String> channels) {
    List<List<String>> shards = new ArrayList<>(redis.shards());
    for (int shard = 0; shard < redis.shards(); shard++) {
      shards.add(new ArrayList<>());
    }
    channels.forEach(channel -> shards.get(of(channel)).add(channel));
    List<Piece> pieces = new ArrayList<>();
    for (int shard = 0; shard < shards.size(); shard++) {
      List<String> all = shards.get(shard);
      for (int from = 0; from < all.size(); from += PIECE) {
        pieces.add(new Piece(shard, all.subList(from, Math.min(from + PIECE, all.size()))));
      }
    }
    return pieces;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] bytes(long number) {
    return bytes(Long.toString(number));
  }
}
