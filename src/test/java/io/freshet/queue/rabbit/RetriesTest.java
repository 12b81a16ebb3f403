package io.freshet.queue.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.queue.Lane;
import io.freshet.queue.QueueAwayException;
import io.freshet.queue.RetryPolicy;
import io.freshet.queue.Task;
import io.freshet.testkit.MovableClock;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(10, Duration.ofMillis(100), Duration.ofSeconds(60));

  private final MovableClock clock = new MovableClock();
  private final Topology topology = new Topology(1, POLICY);
  private final Retries retries = new Retries(POLICY, topology.delays(), new Random(7), clock);
  private final RabbitMessage first =
      RabbitMessage.of(1, new Task("a", Lane.EVENTS, new byte[0]), clock.instant());

  @Test
  void hasAFewDelaysFromTheFirstPauseToTheLongest() {
    assertThat(topology.delays()).hasSizeLessThanOrEqualTo(8);
    assertThat(topology.delays().getFirst()).isEqualTo(POLICY.firstPause());
    assertThat(topology.delays().getLast()).isEqualTo(POLICY.longestPause());
  }

  @Test
  void waitsLongerWithEachAttemptUntilTheLast() {
    RabbitMessage message = first;
    Map<Integer, Double> means = new HashMap<>();
    for (int attempt = 1; attempt < POLICY.attempts(); attempt++) {
      means.put(attempt, meanMillis(message, new IllegalStateException("no")));
      message = retries.after(message, new IllegalStateException("no")).message();
      assertThat(message.attempts()).isEqualTo(attempt);
    }
    for (int attempt = 1; attempt <= 9; attempt++) {
      double wanted = 100 * Math.pow(2, attempt - 1);
      assertThat(means.get(attempt)).as("%s", attempt).isBetween(wanted * 0.8, wanted * 1.3);
    }
    assertThat(retries.after(message, new IllegalStateException("no")).parks()).isTrue();
  }

  @Test
  void scattersTasksThatFailTogether() {
    RabbitMessage twice = first.failed(new IllegalStateException("no"), clock.instant());
    assertThat(
            java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> retries.after(twice, new IllegalStateException("no")).exchange())
                .distinct())
        .hasSizeGreaterThan(1);
  }

  @Test
  void neverParksForAnOutageAndNeverWaitsLongForItsEnd() {
    RabbitMessage message = first;
    for (int i = 0; i < 100; i++) {
      Throwable outage =
          i % 2 == 0 ? new SQLTransientConnectionException("away") : new QueueAwayException("away");
      Retries.Next next = retries.after(message, new IllegalStateException(outage));
      assertThat(next.parks()).isFalse();
      assertThat(millis(next)).isLessThanOrEqualTo(8_100);
      message = next.message();
    }
    assertThat(message.attempts()).isZero();
  }

  private double meanMillis(RabbitMessage message, Throwable cause) {
    long sum = 0;
    for (int i = 0; i < 500; i++) {
      sum += millis(retries.after(message, cause));
    }
    return sum / 500.0;
  }

  private static long millis(Retries.Next next) {
    return Long.parseLong(next.exchange().replace("freshet.delay.", ""));
  }
}
