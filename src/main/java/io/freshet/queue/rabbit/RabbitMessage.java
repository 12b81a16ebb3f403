package io.freshet.queue.rabbit;

import com.rabbitmq.client.AMQP;
import io.freshet.platform.Ids;
import io.freshet.queue.DeadLetter;
import io.freshet.queue.Lane;
import io.freshet.queue.Task;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A task as it travels: its topic is the message's type, its id the message id, the rest are
 * headers. We count attempts ourselves, for RabbitMQ's count of deliveries means something else in
 * each version.
 *
 * @param attempts how often it failed
 * @param outages how often an outage kept it from being worked
 * @param first when it was published first
 * @param last when it failed last
 * @param error what it failed with then; empty if it has not failed
 */
record RabbitMessage(
    long id,
    Task task,
    int attempts,
    int outages,
    Instant first,
    Optional<Instant> last,
    String error) {
  private static final String LANE = "freshet-lane";
  private static final String ATTEMPTS = "freshet-attempts";
  private static final String OUTAGES = "freshet-outages";
  private static final String FIRST = "freshet-first";
  private static final String LAST = "freshet-last";
  private static final String ERROR = "freshet-error";

  /**
   * By its common name, for others who look at messages; of its length, or what it says is not
   * ours.
   */
  private static final String TRACE = "traceparent";

  private static final int MOST_TRACE = 64;

  /** A header is no place for a whole stack trace. */
  private static final int ERROR_CHARS = 1_000;

  static RabbitMessage of(long id, Task task, Instant now) {
    return new RabbitMessage(id, task, 0, 0, now, Optional.empty(), "");
  }

  RabbitMessage failed(Throwable cause, Instant now) {
    return new RabbitMessage(
        id, task, attempts + 1, outages, first, Optional.of(now), cause.toString());
  }

  RabbitMessage metOutage() {
    return new RabbitMessage(id, task, attempts, outages + 1, first, last, error);
  }

  /** As if it had never been tried. */
  RabbitMessage anew() {
    return of(id, task, first);
  }

  /**
   * What others have put into a queue of ours is read as far as it goes.
   *
   * @param ids asked for an id if the message has none of ours
   */
  static RabbitMessage read(
      Lane lane, AMQP.BasicProperties properties, byte[] body, Instant now, LongSupplier ids) {
    Map<String, Object> headers = Optional.ofNullable(properties.getHeaders()).orElse(Map.of());
    return new RabbitMessage(
        id(properties.getMessageId()).orElseGet(ids::getAsLong),
        new Task(
            Optional.ofNullable(properties.getType()).orElse(""),
            lane(headers).orElse(lane),
            body,
            text(headers, TRACE).filter(step -> step.length() <= MOST_TRACE)),
        (int) number(headers, ATTEMPTS).orElse(0L).longValue(),
        (int) number(headers, OUTAGES).orElse(0L).longValue(),
        number(headers, FIRST).map(Instant::ofEpochMilli).orElse(now),
        number(headers, LAST).map(Instant::ofEpochMilli),
        text(headers, ERROR).orElse(""));
  }

  AMQP.BasicProperties properties(long publishNumber) {
    Map<String, Object> headers = new HashMap<>();
    headers.put(LANE, task.lane().name());
    headers.put(ATTEMPTS, attempts);
    headers.put(OUTAGES, outages);
    headers.put(FIRST, first.toEpochMilli());
    last.ifPresent(instant -> headers.put(LAST, instant.toEpochMilli()));
    task.trace().ifPresent(step -> headers.put(TRACE, step));
    if (!error.isEmpty()) {
      headers.put(ERROR, error.substring(0, Math.min(error.length(), ERROR_CHARS)));
    }
    return new AMQP.BasicProperties.Builder()
        .messageId(Long.toString(id))
        .correlationId(Long.toString(publishNumber))
        .type(task.topic())
        .contentType("application/json")
        .deliveryMode(2)
        .headers(headers)
        .build();
  }

  DeadLetter deadLetter() {
    String why =
        error.isEmpty() ? "RabbitMQ parked it: it was handed out too often, unanswered" : error;
    return new DeadLetter(id, task.topic(), task.lane(), attempts, first, last, why);
  }

  private static Optional<Long> id(String given) {
    return Optional.ofNullable(given).flatMap(Ids::parse);
  }

  private static Optional<Lane> lane(Map<String, Object> headers) {
    return text(headers, LANE)
        .flatMap(name ->
            java.util.Arrays.stream(Lane.values())
                .filter(lane -> lane.name().equals(name))
                .findFirst());
  }

  private static Optional<Long> number(Map<String, Object> headers, String name) {
    return headers.get(name) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  private static Optional<String> text(Map<String, Object> headers, String name) {
    return Optional.ofNullable(headers.get(name)).map(Object::toString);
  }
}
