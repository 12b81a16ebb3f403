package io.freshet.queue.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.freshet.queue.Lane;
import io.freshet.queue.QueueAwayException;
import io.freshet.queue.Task;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** On a channel whose server never confirms. */
class ConfirmsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong published = new AtomicLong();

  @Test
  void countsNoConfirmAsOverdueWhileTheServerTakesNothing() throws Exception {
    Confirms confirms = new Confirms(silent(), () -> {}, nanos::get);
    publish(confirms);
    assertThat(confirms.isOverdue(PATIENCE)).isFalse();
    pass(PATIENCE.plusMillis(1));
    assertThat(confirms.isOverdue(PATIENCE)).isTrue();
    confirms.block("low on memory");
    assertThat(confirms.isOverdue(PATIENCE)).isFalse();
    confirms.unblock();
    assertThat(confirms.isOverdue(PATIENCE)).as("just open again").isFalse();
    pass(PATIENCE.plusMillis(1));
    assertThat(confirms.isOverdue(PATIENCE)).isTrue();
  }

  @Test
  void refusesAtOnceWhatComesWhileTheServerTakesNothing() throws Exception {
    Confirms confirms = new Confirms(silent(), () -> {}, nanos::get);
    CompletionStage<Void> before = publish(confirms);
    confirms.block("low on memory");
    assertThat(publish(confirms))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(QueueAwayException.class)
        .withMessageContaining("low on memory");
    assertThat(before.toCompletableFuture()).as("may be confirmed later").isNotDone();
    confirms.unblock();
    publish(confirms);
    assertThat(published).hasValue(2);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static CompletionStage<Void> publish(Confirms confirms) {
    Task task = new Task("a", Lane.EVENTS, new byte[0]);
    return confirms.publish("", "somewhere", RabbitMessage.of(1, task, Instant.EPOCH));
  }

  private Channel silent() {
    return (Channel)
        Proxy.newProxyInstance(
            Channel.class.getClassLoader(),
            new Class<?>[] {Channel.class},
            (self, method, given) ->
                switch (method.getName()) {
                  case "getNextPublishSeqNo" -> published.get() + 1;
                  case "basicPublish" -> {
                    published.incrementAndGet();
                    yield null;
                  }
                  default -> null;
                });
  }
}
