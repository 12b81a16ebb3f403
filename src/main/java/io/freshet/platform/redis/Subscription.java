package io.freshet.platform.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Listens to what scripts publish, by a connection of its own that never reconnects. Thread-safe.
 */
public final class Subscription implements AutoCloseable {
  private final StatefulRedisPubSubConnection<byte[], byte[]> connection;

  private Subscription(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
    this.connection = connection;
  }

  static Subscription open(
      RedisClient client, RedisURI uri, List<String> names, Consumer<byte[]> heard) {
    StatefulRedisPubSubConnection<byte[], byte[]> connection =
        client.connectPubSub(ByteArrayCodec.INSTANCE, uri);
    try {
      connection.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(byte[] name, byte[] message) {
              heard.accept(message);
            }
          });
      connection.sync().subscribe(names.stream().map(Home::bytes).toArray(byte[][]::new));
      return new Subscription(connection);
    } catch (RuntimeException e) {
      var _ = connection.closeAsync();
      throw e;
    }
  }

  public boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  public void close() {
    var _ = connection.closeAsync();
  }
}
