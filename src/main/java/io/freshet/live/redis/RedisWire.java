package io.freshet.live.redis;

import static io.freshet.live.redis.ChannelShards.bytes;

import io.freshet.live.Backlog;
import io.freshet.live.Wire;
import io.freshet.platform.Loop;
import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.RedisAwayException;
import io.freshet.platform.redis.Reply;
import io.freshet.platform.redis.Script;
import io.freshet.platform.redis.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire on Redis' publish and subscribe, for a cluster without RabbitMQ: each node listens to
 * {@code freshet.live.<node>} and {@code freshet.live} at the home of one shard.
 */
public final class RedisWire implements Wire {
  private static final Logger LOG = LoggerFactory.getLogger(RedisWire.class);
  private static final Duration REST = Duration.ofMillis(250);
  private static final int SHARD = 0;
  private static final String ALL = "freshet.live";
  private static final Script<Long> PUBLISH = Script.load("live-publish", Reply::number);

  private final Redis redis;
  private final Backlog<byte[]> arrived = new Backlog<>(BACKLOG_BYTES, message -> message.length);
  private final AtomicLong underWay = new AtomicLong();
  private final LongAdder dropped = new LongAdder();
  private final AtomicBoolean mustRenew = new AtomicBoolean();
  private volatile Optional<Subscription> subscription = Optional.empty();
  private volatile Optional<Loop> keeper = Optional.empty();
  private volatile Optional<Loop> taker = Optional.empty();

  public RedisWire(Redis redis) {
    this.redis = redis;
  }

  @Override
  public void open(String node, Listener listener) {
    keeper = Optional.of(Loop.start("live-redis", REST, () -> keep(node, listener)));
    taker = Optional.of(Loop.start("live-taker", REST, () -> takeNext(listener)));
    redis.onChange(this::renew);
  }

  @Override
  public boolean isOpen() {
    return subscription.filter(Subscription::isOpen).isPresent();
  }

  @Override
  public void send(String node, byte[] message) {
    publish(name(node), message);
  }

  @Override
  public void broadcast(byte[] message) {
    publish(ALL, message);
  }

  private static String name(String node) {
    return ALL + "." + node;
  }

  private void publish(String name, byte[] message) {
    if (underWay.addAndGet(message.length) > BACKLOG_BYTES) {
      underWay.addAndGet(-message.length);
      dropped.increment();
      return;
    }
    redis
        .run(PUBLISH, SHARD, List.of(), bytes(name), message)
        .whenComplete((_, failure) -> {
          underWay.addAndGet(-message.length);
          if (failure != null) {
            dropped.increment();
          }
        });
  }

  @Override
  public void renew() {
    mustRenew.set(true);
    keeper.ifPresent(Loop::wake);
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }

  @Override
  public void close() {
    keeper.ifPresent(Loop::close);
    taker.ifPresent(Loop::close);
    subscription.ifPresent(Subscription::close);
  }

  private boolean takeNext(Listener listener) throws InterruptedException {
    arrived.take(REST).ifPresent(listener::heard);
    return true;
  }

  private boolean keep(String node, Listener listener) {
    if (!mustRenew.getAndSet(false) && isOpen()) {
      return false;
    }
    subscription.ifPresent(Subscription::close);
    subscription = Optional.empty();
    try {
      subscription = Optional.of(redis.subscribe(SHARD, List.of(ALL, name(node)), this::arrived));
      listener.opened();
    } catch (RedisAwayException e) {
      LOG.debug("live messages cannot be heard, trying on", e);
    }
    return false;
  }

  private void arrived(byte[] message) {
    if (!arrived.offer(message)) {
      dropped.increment();
    }
  }
}
