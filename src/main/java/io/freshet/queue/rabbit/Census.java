package io.freshet.queue.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import io.freshet.platform.Json;
import io.freshet.queue.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Asks all processes what they hold of the queues: RabbitMQ tells how many tasks wait, but not how
 * many are being worked. The question goes through the fanout exchange {@code freshet.census} to a
 * queue of each process that lives as long as its connection. A message there that wants no answer
 * tells of how many shards its sender publishes to.
 */
final class Census {
  private static final Logger LOG = LoggerFactory.getLogger(Census.class);
  private static final String EXCHANGE = "freshet.census";
  private static final String REPLIES = "amq.rabbitmq.reply-to";

  /**
   * What one process says.
   *
   * @param process names its connection
   * @param consumers queues that it takes from
   * @param held tasks that it has fetched and not ended
   * @param moves how many tasks it has fetched and published since its start
   */
  record Answer(long process, int consumers, Map<Lane, Integer> held, long moves) {}

  /** What those said who answered in time. */
  record Answers(Set<Answer> all) {
    int consumers() {
      return all.stream().mapToInt(Answer::consumers).sum();
    }

    Map<Lane, Integer> held() {
      Map<Lane, Integer> sum = new HashMap<>();
      all.forEach(one -> one.held().forEach((lane, held) -> sum.merge(lane, held, Integer::sum)));
      return sum;
    }
  }

  private final Connection connection;
  private final Channel answers;

  private Census(Connection connection, Channel answers) {
    this.connection = connection;
    this.answers = answers;
  }

  /**
   * Answers the questions of others for as long as the channel is open.
   *
   * @param heard is told how many shards others publish to
   */
  static Census answering(
      Connection connection, Channel channel, Supplier<Answer> answer, IntConsumer heard)
      throws IOException {
    channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.FANOUT, true);
    String questions = channel.queueDeclare().getQueue();
    channel.queueBind(questions, EXCHANGE, "");
    channel.basicConsume(
        questions,
        true,
        (tag, question) -> {
          String asker = question.getProperties().getReplyTo();
          if (asker == null) {
            heard.accept(Json.read(question.getBody(), Integer.class));
          } else {
            channel.basicPublish("", asker, null, Json.bytes(answer.get()));
          }
        },
        tag -> LOG.debug("nobody will ask here any more"));
    return new Census(connection, channel);
  }

  /**
   * Tells all processes of how many shards there are; they exist by now. Waits for no answer: while
   * RabbitMQ is short of memory or disk there would be none, not even to the closing of a channel.
   */
  void announce(int shards) throws IOException {
    answers.basicPublish(EXCHANGE, "", null, Json.bytes(shards));
  }

  /** Asks, and waits until those have answered who have so many consumers, or so long at most. */
  Answers ask(int consumers, Duration most) throws IOException {
    BlockingQueue<Answer> arriving = new LinkedBlockingQueue<>();
    Set<Answer> all = new HashSet<>();
    try (Channel channel = connection.createChannel()) {
      channel.basicConsume(REPLIES, true, (tag, reply) -> read(reply, arriving), tag -> {});
      AMQP.BasicProperties reply = new AMQP.BasicProperties.Builder().replyTo(REPLIES).build();
      channel.basicPublish(EXCHANGE, "", reply, new byte[0]);
      long end = System.nanoTime() + most.toNanos();
      while (new Answers(all).consumers() < consumers) {
        Answer next = arriving.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (next == null) {
          break;
        }
        all.add(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      throw new IOException(e);
    }
    return new Answers(Set.copyOf(all));
  }

  private static void read(Delivery reply, BlockingQueue<Answer> arriving) {
    try {
      arriving.add(Json.read(reply.getBody(), Answer.class));
    } catch (JacksonException e) {
      LOG.debug("a process of another version answers otherwise", e);
    }
  }
}
