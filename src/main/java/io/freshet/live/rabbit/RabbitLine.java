package io.freshet.live.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.freshet.platform.rabbit.RabbitAddress;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to RabbitMQ with this node's queue, from when it stands until it is lost. The queue
 * is exclusive, so it ends with the connection, and has no name of its own, for the former one may
 * still be there; it is bound to the direct exchange {@code freshet.live} by the node's name, and
 * to the fanout exchange {@code freshet.live.all}.
 */
final class RabbitLine {
  private static final Logger LOG = LoggerFactory.getLogger(RabbitLine.class);
  static final String EXCHANGE = "freshet.live";
  static final String ALL = "freshet.live.all";

  /**
   * What a node may lag by: who comes later finds the rest in the streams, and RabbitMQ's memory is
   * not filled by a node that hangs. The oldest are dropped.
   */
  private static final Map<String, Object> BOUNDS =
      Map.of(
          "x-max-length",
          20_000,
          "x-max-length-bytes",
          64 << 20,
          "x-overflow",
          "drop-head",
          "x-message-ttl",
          10_000);

  private static final AMQP.BasicProperties TRANSIENT =
      new AMQP.BasicProperties.Builder().deliveryMode(1).build();

  /** Who works with the line. */
  interface User {
    void heard(byte[] message);

    /** It is lost, or takes messages again. */
    void changed();
  }

  private final User user;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<String>> lost = new AtomicReference<>(Optional.empty());
  private final Channel out;
  private volatile boolean isBlocked;

  private RabbitLine(RabbitAddress address, String node, User user) throws IOException {
    this.user = user;
    try {
      Connection connection = address.connect("live", sockets::add);
      connection.addBlockedListener(this::blocked, this::unblocked);
      Channel in = connection.createChannel();
      out = connection.createChannel();
      in.addShutdownListener(cause -> lose(String.valueOf(cause.getMessage())));
      out.addShutdownListener(cause -> lose(String.valueOf(cause.getMessage())));
      in.exchangeDeclare(EXCHANGE, BuiltinExchangeType.DIRECT, true);
      in.exchangeDeclare(ALL, BuiltinExchangeType.FANOUT, true);
      String queue = in.queueDeclare("", false, true, true, BOUNDS).getQueue();
      in.queueBind(queue, EXCHANGE, node);
      in.queueBind(queue, ALL, "");
      in.basicConsume(
          queue,
          true,
          (tag, delivery) -> user.heard(delivery.getBody()),
          tag -> lose("RabbitMQ ended the consumer of this node's queue"));
    } catch (IOException | RuntimeException e) {
      cut();
      throw e;
    }
  }

  static RabbitLine open(RabbitAddress address, String node, User user) throws IOException {
    return new RabbitLine(address, node, user);
  }

  /** Used by one thread; may wait while RabbitMQ does not read. */
  void publish(String exchange, String key, byte[] message) throws IOException {
    out.basicPublish(exchange, key, TRANSIENT, message);
  }

  Optional<String> lost() {
    return lost.get();
  }

  /** Whether RabbitMQ takes messages; short of memory or disk it does not. */
  boolean isOpen() {
    return lost.get().isEmpty() && !isBlocked;
  }

  void lose(String why) {
    if (lost.compareAndSet(Optional.empty(), Optional.of(why))) {
      cut();
      user.changed();
    }
  }

  private void blocked(String reason) {
    LOG.warn("RabbitMQ takes no live messages now: {}", reason);
    isBlocked = true;
  }

  private void unblocked() {
    LOG.info("RabbitMQ takes live messages again");
    isBlocked = false;
    user.changed();
  }

  /** At once; an orderly close could wait for a server that does not read. */
  private void cut() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.debug("a socket would not close", e);
      }
    }
  }
}
