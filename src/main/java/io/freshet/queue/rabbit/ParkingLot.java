package io.freshet.queue.rabbit;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.freshet.queue.DeadLetter;
import io.freshet.queue.DeadLetters;
import io.freshet.queue.Lane;
import io.freshet.queue.QueueAwayException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * The dead letters in RabbitMQ. A queue can only be read from its head: whoever looks for one
 * letter takes all before it and puts them back, and a second operator does not see them meanwhile.
 */
final class ParkingLot implements DeadLetters {
  private final RabbitQueue queue;

  ParkingLot(RabbitQueue queue) {
    this.queue = queue;
  }

  @Override
  public int count() {
    return reading((link, channel) -> link.count(Topology.PARKED).ready());
  }

  @Override
  public List<DeadLetter> list(int limit) {
    return reading((link, channel) -> {
      List<DeadLetter> letters = new ArrayList<>();
      while (letters.size() < limit) {
        GetResponse next = channel.basicGet(Topology.PARKED, false);
        if (next == null) {
          break;
        }
        letters.add(message(next).deadLetter());
      }
      return letters;
    });
  }

  /** A letter leaves the lot when its lane has confirmed it. */
  @Override
  public int retry(OptionalLong id) {
    return take(
        id, (link, message) -> queue.publish(link, message.anew()).toCompletableFuture().join());
  }

  @Override
  public int drop(OptionalLong id) {
    return take(id, (link, message) -> {});
  }

  /** Takes those there are now, so that one which fails again at once is not met again. */
  private int take(OptionalLong id, Handling handling) {
    return reading((link, channel) -> {
      int taken = 0;
      int present = link.count(Topology.PARKED).ready();
      for (int seen = 0; seen < present; seen++) {
        GetResponse next = channel.basicGet(Topology.PARKED, false);
        if (next == null) {
          break;
        }
        RabbitMessage message = message(next);
        if (id.isEmpty() || id.getAsLong() == message.id()) {
          handling.handle(link, message);
          channel.basicAck(next.getEnvelope().getDeliveryTag(), false);
          taken++;
        }
      }
      return taken;
    });
  }

  private RabbitMessage message(GetResponse got) {
    return queue.read(Lane.EVENTS, got.getProps(), got.getBody());
  }

  /** Closing the channel puts back what was not acknowledged. */
  private <T> T reading(Reading<T> reading) {
    Link link = queue.link();
    try (Channel channel = link.channel()) {
      return reading.read(link, channel);
    } catch (IOException | TimeoutException | AlreadyClosedException | CompletionException e) {
      throw new QueueAwayException("RabbitMQ's parking lot cannot be read: " + e.getMessage(), e);
    }
  }

  private interface Reading<T> {
    T read(Link link, Channel channel) throws IOException;
  }

  private interface Handling {
    void handle(Link link, RabbitMessage message);
  }
}
