package io.freshet.queue.rabbit;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.freshet.platform.Patience;
import io.freshet.queue.DeadLetter;
import io.freshet.queue.DeadLetters;
import io.freshet.queue.Lane;
import io.freshet.queue.QueueAwayException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The dead letters in RabbitMQ. A queue can only be read from its head: whoever looks for one
 * letter takes all before it and puts them back, and a second operator does not see them meanwhile.
 */
final class ParkingLot implements DeadLetters {
  private static final Duration PUT_BACK = Duration.ofSeconds(2);

  private final RabbitQueue queue;

  ParkingLot(RabbitQueue queue) {
    this.queue = queue;
  }

  @Override
  public int count() {
    return reading(lot -> lot.link().count(Topology.PARKED).ready());
  }

  @Override
  public List<DeadLetter> list(int limit) {
    return reading(lot -> {
      List<DeadLetter> letters = new ArrayList<>();
      for (var next = lot.next(); next.isPresent(); next = lot.next()) {
        letters.add(message(next.get()).deadLetter());
        if (letters.size() == limit) {
          break;
        }
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
    return reading(lot -> {
      int taken = 0;
      int present = lot.link().count(Topology.PARKED).ready();
      for (int seen = 0; seen < present; seen++) {
        Optional<GetResponse> next = lot.next();
        if (next.isEmpty()) {
          break;
        }
        RabbitMessage message = message(next.get());
        if (id.isEmpty() || id.getAsLong() == message.id()) {
          handling.handle(lot.link(), message);
          lot.remove(next.get());
          taken++;
        }
      }
      return taken;
    });
  }

  private RabbitMessage message(GetResponse got) {
    return queue.read(Lane.EVENTS, got.getProps(), got.getBody());
  }

  /** Closing the channel puts back what was not removed, a moment later: that is waited for. */
  private <T> T reading(Reading<T> reading) {
    Link link = queue.link();
    AtomicInteger held = new AtomicInteger();
    T read;
    try (Channel channel = link.channel()) {
      read = reading.read(new Lot(link, channel, held));
    } catch (IOException | TimeoutException | AlreadyClosedException | CompletionException e) {
      throw new QueueAwayException("RabbitMQ's parking lot cannot be read: " + e.getMessage(), e);
    }
    Patience.await(PUT_BACK, () -> has(link, held.get()));
    return read;
  }

  private static boolean has(Link link, int letters) {
    try {
      return link.count(Topology.PARKED).ready() >= letters;
    } catch (IOException | AlreadyClosedException e) {
      return true;
    }
  }

  /** The queue while somebody reads it, and how many letters that one holds. */
  private record Lot(Link link, Channel channel, AtomicInteger held) {
    Optional<GetResponse> next() throws IOException {
      Optional<GetResponse> next = Optional.ofNullable(channel.basicGet(Topology.PARKED, false));
      next.ifPresent(letter -> held.incrementAndGet());
      return next;
    }

    void remove(GetResponse letter) throws IOException {
      channel.basicAck(letter.getEnvelope().getDeliveryTag(), false);
      held.decrementAndGet();
    }
  }

  private interface Reading<T> {
    T read(Lot lot) throws IOException;
  }

  private interface Handling {
    void handle(Link link, RabbitMessage message);
  }
}
