package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.outbox.OutboxStore;
import io.freshet.platform.BusyException;
import io.freshet.queue.LocalQueue;
import io.freshet.queue.RetryPolicy;
import io.freshet.testkit.MovableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueHostTest {
  private final MovableClock clock = new MovableClock();
  private int asked;
  private boolean away = true;

  @Test
  void asksADatabaseThatIsAwayOnceAScrape() {
    RetryPolicy retries = new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1));
    try (QueueHost host =
        new QueueHost(
            outbox(), clock, new LocalQueue(clock, retries), List.of(), Optional.empty())) {
      assertThat(host.recentStats()).isEmpty();
      assertThat(host.recentStats()).isEmpty();
      assertThat(asked).isEqualTo(1);

      away = false;
      clock.advance(Duration.ofMinutes(1));
      assertThat(host.recentStats().orElseThrow().outbox().waiting()).isEqualTo(3);
      assertThat(host.recentStats()).isPresent();
      assertThat(asked).isEqualTo(2);
    }
  }

  private OutboxStore outbox() {
    return (OutboxStore)
        Proxy.newProxyInstance(
            OutboxStore.class.getClassLoader(),
            new Class<?>[] {OutboxStore.class},
            (proxy, method, arguments) -> {
              asked++;
              // As long as a connection is waited for.
              clock.advance(Duration.ofSeconds(3));
              if (away) {
                throw new BusyException("away");
              }
              return new OutboxStore.Stats(3, Duration.ZERO, 0);
            });
  }
}
