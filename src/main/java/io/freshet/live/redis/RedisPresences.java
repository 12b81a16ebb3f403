package io.freshet.live.redis;

import static io.freshet.live.redis.ChannelShards.bytes;

import com.google.protobuf.InvalidProtocolBufferException;
import io.freshet.live.Presences;
import io.freshet.live.protocol.ClientInfo;
import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.Reply;
import io.freshet.platform.redis.Script;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is on which channel, on all nodes. Key: {@code l:<channel>:c}, in the shard of the channel.
 * Time is that of Redis. Everything fails with {@link io.freshet.platform.redis.RedisAwayException}
 * while Redis is away; what it has lost is there again when each node has renewed its clients.
 */
public final class RedisPresences implements Presences {
  private static final Script<Long> PRESENT = Script.load("live-present", Reply::number);
  private static final Script<Long> ABSENT = Script.load("live-absent", Reply::number);
  private static final Script<List<@Nullable Object>> PRESENCE =
      Script.load("live-presence", Reply::list);

  private final Redis redis;
  private final ChannelShards shards;

  public RedisPresences(Redis redis) {
    this.redis = redis;
    this.shards = new ChannelShards(redis);
  }

  @Override
  public void add(String channel, ClientInfo info) {
    redis.await(
        redis.run(
            PRESENT,
            shards.of(channel),
            clients(channel),
            bytes(info.getClient()),
            info.toByteArray(),
            bytes(AGE.toMillis())));
  }

  @Override
  public void remove(String channel, String client) {
    redis.await(redis.run(ABSENT, shards.of(channel), clients(channel), bytes(client)));
  }

  @Override
  public Map<String, ClientInfo> of(String channel) {
    Map<String, ClientInfo> infos = new HashMap<>();
    for (Object value : redis.await(redis.run(PRESENCE, shards.of(channel), clients(channel)))) {
      ClientInfo info = info(Reply.bytes(value).orElseThrow());
      infos.put(info.getClient(), info);
    }
    return infos;
  }

  private static List<String> clients(String channel) {
    return List.of("l:" + channel + ":c");
  }

  private static ClientInfo info(byte[] bytes) {
    try {
      return ClientInfo.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("what was stored tells of no client", e);
    }
  }
}
