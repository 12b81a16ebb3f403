package io.freshet.live.redis;

import io.freshet.platform.FreshetConfig;
import io.freshet.platform.redis.Redis;
import io.freshet.testkit.RedisServer;
import java.time.Duration;
import java.util.Optional;

/** A server of our own and a connection to it, for the tests of what is in it. */
public final class OpenRedis implements AutoCloseable {
  private final RedisServer server = RedisServer.start();
  private final Redis redis = connect(server.url());

  public static Redis connect(String url) {
    return Redis.open(new FreshetConfig.Redis(Optional.of(url), 4, 2_000, true));
  }

  public Redis redis() {
    return redis;
  }

  public RedisServer server() {
    return server;
  }

  /** Forgets everything but which shard this is the home of. */
  public void clear() {
    server.cli(
        "EVAL", "for _, k in ipairs(redis.call('KEYS', '*:l*')) do redis.call('DEL', k) end", "0");
  }

  /** Lets so much time pass: keys expire sooner, and so does what is written in hashes. */
  public void pass(Duration time) {
    server.cli(
        "EVAL",
        """
        for _, key in ipairs(redis.call('KEYS', '*:l*')) do
          local left = redis.call('PTTL', key)
          if left >= 0 then
            redis.call('PEXPIRE', key, left - ARGV[1])
          end
          if redis.call('TYPE', key).ok == 'hash' then
            local fields = redis.call('HGETALL', key)
            for i = 1, #fields, 2 do
              redis.call('HSET', key, fields[i], (string.gsub(fields[i + 1],
                '%d%d%d%d%d%d%d%d%d%d%d%d%d',
                function(time) return string.format('%013.0f', time - ARGV[1]) end)))
            end
          end
        end
        """,
        "0",
        Long.toString(time.toMillis()));
  }

  @Override
  public void close() {
    redis.close();
    server.close();
  }
}
