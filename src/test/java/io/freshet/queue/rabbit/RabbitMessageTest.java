package io.freshet.queue.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.freshet.queue.Lane;
import io.freshet.queue.Task;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RabbitMessageTest {
  private static final Optional<String> TRACE =
      Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  private static final Instant NOW = Instant.ofEpochSecond(1_795_000_000);

  private final Task task = new Task("a", Lane.EVENTS, new byte[0], TRACE);

  private static RabbitMessage read(AMQP.BasicProperties properties) {
    return RabbitMessage.read(Lane.EVENTS, properties, new byte[0], NOW, () -> 1);
  }

  @Test
  void keepsItsTraceOnTheWayAndFromAttemptToAttempt() {
    RabbitMessage message = RabbitMessage.of(1, task, NOW);
    assertThat(read(message.properties(1)).task().trace()).isEqualTo(TRACE);
    RabbitMessage failed = read(message.properties(1)).failed(new IllegalStateException("no"), NOW);
    assertThat(read(failed.properties(2)).task().trace()).isEqualTo(TRACE);
    assertThat(read(failed.metOutage().anew().properties(3)).task().trace()).isEqualTo(TRACE);
  }

  @Test
  void hasNoTraceUnlessItsTaskHas() {
    Task untraced = new Task("a", Lane.EVENTS, new byte[0]);
    AMQP.BasicProperties properties = RabbitMessage.of(1, untraced, NOW).properties(1);
    assertThat(properties.getHeaders()).doesNotContainKey("traceparent");
    assertThat(read(properties).task().trace()).isEmpty();
  }

  @Test
  void takesNoTraceThatIsTooLong() {
    Map<String, Object> headers = new HashMap<>(Map.of("traceparent", "0".repeat(10_000)));
    assertThat(read(new AMQP.BasicProperties.Builder().headers(headers).build()).task().trace())
        .isEmpty();
  }
}
