package io.freshet.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.queue.Queue.Delivery;
import io.freshet.testkit.MovableClock;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LocalQueueTest {
  private final MovableClock clock = new MovableClock();
  private final LocalQueue queue =
      new LocalQueue(clock, new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(10)));

  @Test
  void confirmsWhenTheTaskIsDone() throws InterruptedException {
    CompletableFuture<Void> confirm = publish("a", Lane.EVENTS);
    Delivery delivery = take(Lane.EVENTS).orElseThrow();
    assertThat(confirm).isNotDone();
    delivery.done(List.of());
    assertThat(confirm).isCompleted();
  }

  @Test
  void confirmsOnlyWhenAllThatFollowedIsDoneToo() throws InterruptedException {
    CompletableFuture<Void> confirm = publish("a", Lane.EVENTS);
    take(Lane.EVENTS).orElseThrow().done(List.of(task("b", Lane.BATCHES), task("c", Lane.BATCHES)));
    take(Lane.BATCHES).orElseThrow().done(List.of());
    assertThat(confirm).isNotDone();
    take(Lane.BATCHES).orElseThrow().done(List.of());
    assertThat(confirm).isCompleted();
  }

  @Test
  void triesAFailedTaskAgainAfterPausesThatDouble() throws InterruptedException {
    CompletableFuture<Void> _ = publish("a", Lane.EVENTS);
    take(Lane.EVENTS).orElseThrow().failed(new IllegalStateException("once"));
    assertThat(take(Lane.EVENTS)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    take(Lane.EVENTS).orElseThrow().failed(new IllegalStateException("twice"));
    clock.advance(Duration.ofSeconds(1));
    assertThat(take(Lane.EVENTS)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(take(Lane.EVENTS)).isPresent();
  }

  @Test
  void failsTheConfirmAfterTheLastAttemptAndGoesOnWithOthers() throws InterruptedException {
    CompletableFuture<Void> poison = publish("poison", Lane.EVENTS);
    CompletableFuture<Void> good = publish("good", Lane.EVENTS);
    List<String> worked = new ArrayList<>();
    QueueWorker worker =
        new QueueWorker(
            queue,
            Lane.EVENTS,
            Map.of(
                "poison",
                body -> {
                  throw new IllegalStateException("never works");
                },
                "good",
                body -> {
                  worked.add("good");
                  return List.of();
                }));
    for (int i = 0; i < 6; i++) {
      worker.runOnce(Duration.ZERO);
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(worked).containsExactly("good");
    assertThat(good).isCompleted();
    assertThat(poison).isCompletedExceptionally();
    assertThat(queue.depth().total()).isZero();
  }

  @Test
  void waitsForAsLongAsTheDatabaseIsAway() throws InterruptedException {
    CompletableFuture<Void> confirm = publish("a", Lane.EVENTS);
    for (int i = 0; i < 20; i++) {
      take(Lane.EVENTS).orElseThrow().failed(new SQLTransientConnectionException("away"));
      clock.advance(Duration.ofSeconds(10));
    }
    take(Lane.EVENTS).orElseThrow().done(List.of());
    assertThat(confirm).isCompleted();
  }

  @Test
  void keepsLanesApart() throws InterruptedException {
    CompletableFuture<Void> _ = publish("big", Lane.BIG_BATCHES);
    assertThat(take(Lane.BATCHES)).isEmpty();
    assertThat(queue.depth().waiting(Lane.BIG_BATCHES)).isEqualTo(1);
    assertThat(take(Lane.BIG_BATCHES)).isPresent();
  }

  @Test
  void letsAuthorsOfOneLaneTakeTurns() throws InterruptedException {
    CompletableFuture<Void> _ = publish("star", Lane.BATCHES);
    CompletableFuture<Void> _ = publish("other", Lane.BATCHES);
    take(Lane.BATCHES).orElseThrow().done(List.of(task("star", Lane.BATCHES)));
    assertThat(take(Lane.BATCHES).orElseThrow().task().topic()).isEqualTo("other");
  }

  @Test
  void treatsATopicWithoutHandlerAsAFailure() throws InterruptedException {
    CompletableFuture<Void> confirm = publish("unknown", Lane.EVENTS);
    QueueWorker worker = new QueueWorker(queue, Lane.EVENTS, Map.of());
    for (int i = 0; i < 3; i++) {
      worker.runOnce(Duration.ZERO);
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(confirm).isCompletedExceptionally();
  }

  private CompletableFuture<Void> publish(String topic, Lane lane) {
    return queue.publish(task(topic, lane)).toCompletableFuture();
  }

  private Optional<Delivery> take(Lane lane) throws InterruptedException {
    return queue.take(lane, Duration.ZERO);
  }

  private static Task task(String topic, Lane lane) {
    return new Task(topic, lane, "{}".getBytes(StandardCharsets.UTF_8));
  }
}
