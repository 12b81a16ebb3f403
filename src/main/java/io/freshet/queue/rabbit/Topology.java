package io.freshet.queue.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.freshet.queue.Lane;
import io.freshet.queue.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * The names and arguments of all that exists in RabbitMQ, each a durable quorum queue:
 *
 * <ul>
 *   <li>{@code freshet.LANE.N}: shard N of a lane, published to through the default exchange;
 *   <li>{@code freshet.delay.MILLIS}, bound to a fanout exchange of its own name: holds each task
 *       for so long and then hands it to the lane that its routing key names. All of one queue wait
 *       equally long, so none waits behind another;
 *   <li>{@code freshet.parked}: the dead letters.
 * </ul>
 *
 * <p>The arguments must never change under the same name: RabbitMQ refuses to declare a queue anew
 * with others.
 */
final class Topology {
  static final String DEFAULT_EXCHANGE = "";
  static final String PARKED = "freshet.parked";
  private static final String PREFIX = "freshet.";

  /** Each delay is so many times the one before: a few queues reach from 100 ms to a minute. */
  private static final int DELAY_FACTOR = 3;

  /**
   * How often RabbitMQ hands out a task that nobody acknowledges, before it parks it: one that
   * kills its workers. RabbitMQ 4 would stop at 20 and drop it; lost connections count too, so it
   * is far more.
   */
  private static final int DELIVERIES = 1_000;

  /**
   * Dead letters are looked at and put back: as good as without limit, which 4.x has by default.
   */
  private static final int LOOKS = 1_000_000_000;

  private final int shards;
  private final List<Duration> delays;

  Topology(int shards, RetryPolicy retries) {
    this.shards = shards;
    List<Duration> steps = new ArrayList<>();
    Duration longest = retries.longestPause();
    for (Duration step = retries.firstPause();
        step.compareTo(longest) < 0;
        step = step.multipliedBy(DELAY_FACTOR)) {
      steps.add(step);
    }
    steps.add(longest);
    this.delays = List.copyOf(steps);
  }

  int shards() {
    return shards;
  }

  /** Shortest first. */
  List<Duration> delays() {
    return delays;
  }

  static String queue(Lane lane, int shard) {
    return PREFIX + lane.name().toLowerCase(Locale.ROOT).replace('_', '-') + "." + shard;
  }

  /** The exchange and the queue of a delay. */
  static String delay(Duration pause) {
    return PREFIX + "delay." + pause.toMillis();
  }

  void declare(Channel channel) throws IOException {
    declare(channel, PARKED, Map.of("x-delivery-limit", LOOKS));
    for (Lane lane : Lane.values()) {
      for (int shard = 0; shard < shards; shard++) {
        declare(
            channel,
            queue(lane, shard),
            Map.of("x-delivery-limit", DELIVERIES, "x-dead-letter-routing-key", PARKED));
      }
    }
    for (Duration delay : delays) {
      String name = delay(delay);
      declare(channel, name, Map.of("x-message-ttl", delay.toMillis()));
      channel.exchangeDeclare(name, BuiltinExchangeType.FANOUT, true);
      channel.queueBind(name, name, "");
    }
  }

  private static void declare(Channel channel, String name, Map<String, Object> own)
      throws IOException {
    Map<String, Object> arguments = new java.util.HashMap<>(own);
    arguments.put("x-queue-type", "quorum");
    arguments.put("x-queue-leader-locator", "balanced");
    if (!name.equals(PARKED)) {
      // What leaves a queue stays in it until the next one has confirmed it.
      arguments.put("x-dead-letter-exchange", DEFAULT_EXCHANGE);
      arguments.put("x-dead-letter-strategy", "at-least-once");
      arguments.put("x-overflow", "reject-publish");
    }
    channel.queueDeclare(name, true, false, false, arguments);
  }

  /** How many shards of a lane exist, at least ours: others may have been told of more. */
  int existingShards(Connection connection, Lane lane) throws IOException {
    int count = shards;
    while (look(connection, queue(lane, count))) {
      count++;
    }
    return count;
  }

  /** Asking for a queue that does not exist costs the channel. */
  private static boolean look(Connection connection, String queue) throws IOException {
    try (Channel channel = connection.createChannel()) {
      channel.queueDeclarePassive(queue);
      return true;
    } catch (TimeoutException e) {
      throw new IOException(e);
    } catch (IOException e) {
      if (isNotFound(e)) {
        return false;
      }
      throw e;
    }
  }

  static boolean isNotFound(IOException e) {
    return e.getCause() instanceof ShutdownSignalException signal
        && signal.getReason() instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.NOT_FOUND;
  }
}
