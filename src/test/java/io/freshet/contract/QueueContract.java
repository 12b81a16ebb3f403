package io.freshet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.queue.Lane;
import io.freshet.queue.Queue;
import io.freshet.queue.Queue.Delivery;
import io.freshet.queue.QueueWorker;
import io.freshet.queue.RetryPolicy;
import io.freshet.queue.Task;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every queue does. Time is real, pauses are short. */
public abstract class QueueContract {
  protected static final RetryPolicy RETRIES =
      new RetryPolicy(3, Duration.ofMillis(20), Duration.ofMillis(100));

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration A_WHILE = Duration.ofMillis(400);

  private final Map<Task, CompletableFuture<Void>> published = new HashMap<>();

  /** The queue under test, empty at the beginning of each test. */
  protected abstract Queue queue();

  /** The process dies, and another takes its place; {@link #queue} is its queue. */
  protected abstract void restartTheProcess();

  /** How many dead letters there are. */
  protected abstract int deadLetters();

  /** Told of a task whose confirm failed, as a relay is. */
  protected abstract void failed(Task task);

  @Test
  void handsOutWhatWasPublishedOnce() throws InterruptedException {
    publish("a", Lane.EVENTS);
    Delivery delivery = take(Lane.EVENTS);
    assertThat(delivery.task().topic()).isEqualTo("a");
    assertThat(delivery.task().lane()).isEqualTo(Lane.EVENTS);
    assertThat(delivery.task().body()).asString().isEqualTo("{\"of\":\"a\"}");
    delivery.done(List.of());
    assertNothingComes(Lane.EVENTS);
    assertThat(published.values()).allMatch(CompletableFuture::isDone);
  }

  @Test
  void handsOutEverythingToManyWorkers() {
    for (int i = 0; i < 500; i++) {
      publish("a" + i, Lane.BATCHES);
    }
    ConcurrentLinkedQueue<String> worked = new ConcurrentLinkedQueue<>();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      workers.add(Thread.ofVirtual().start(() -> workUntilInterrupted(worked)));
    }
    Awaitility.await().atMost(PATIENCE).until(() -> worked.size() >= 500);
    workers.forEach(Thread::interrupt);
    assertThat(worked).doesNotHaveDuplicates().hasSize(500);
  }

  private void workUntilInterrupted(ConcurrentLinkedQueue<String> worked) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        queue()
            .take(Lane.BATCHES, A_WHILE)
            .ifPresent(delivery -> {
              worked.add(delivery.task().topic());
              delivery.done(List.of());
            });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void addsWhatFollows() throws InterruptedException {
    publish("a", Lane.EVENTS);
    take(Lane.EVENTS).done(List.of(task("b", Lane.BATCHES), task("c", Lane.BIG_BATCHES)));
    assertThat(take(Lane.BATCHES).task().topic()).isEqualTo("b");
    assertThat(take(Lane.BIG_BATCHES).task().topic()).isEqualTo("c");
  }

  @Test
  void losesNothingWhenTheProcessDiesBeforeTheEffect() throws InterruptedException {
    publish("a", Lane.EVENTS);
    take(Lane.EVENTS);
    restart();
    assertThat(take(Lane.EVENTS).task().topic()).isEqualTo("a");
  }

  @Test
  void losesNothingWhenTheProcessDiesInTheMidstOfWhatFollows() throws InterruptedException {
    publish("a", Lane.EVENTS);
    take(Lane.EVENTS).done(List.of(task("b", Lane.BATCHES)));
    take(Lane.BATCHES);
    restart();
    List<String> again = new ArrayList<>();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          queue().take(Lane.EVENTS, Duration.ZERO).ifPresent(task -> again.add(topic(task)));
          queue().take(Lane.BATCHES, A_WHILE).ifPresent(task -> again.add(topic(task)));
          return !again.isEmpty();
        });
    assertThat(again).hasSize(1).isSubsetOf("a", "b");
  }

  @Test
  void makesATaskThatAlwaysFailsADeadLetterAfterItsAttemptsAndGoesOnWithOthers()
      throws InterruptedException {
    publish("poison", Lane.EVENTS);
    publish("good", Lane.EVENTS);
    List<String> tried = new ArrayList<>();
    QueueWorker worker =
        new QueueWorker(
            queue(),
            Lane.EVENTS,
            Map.of(
                "poison",
                body -> {
                  tried.add("poison");
                  throw new IllegalStateException("never works");
                },
                "good",
                body -> {
                  tried.add("good");
                  return List.of();
                }));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          worker.runOnce(A_WHILE);
          return deadLetters() == 1;
        });
    assertNothingComes(Lane.EVENTS);
    assertThat(tried).containsExactlyInAnyOrder("poison", "poison", "poison", "good");
  }

  @Test
  void makesATaskWithoutHandlerADeadLetter() {
    publish("unknown", Lane.EVENTS);
    QueueWorker worker = new QueueWorker(queue(), Lane.EVENTS, Map.of());
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          worker.runOnce(A_WHILE);
          return deadLetters() == 1;
        });
  }

  @Test
  void doesNotCountAnOutageAsAnAttempt() throws InterruptedException {
    publish("a", Lane.EVENTS);
    for (int i = 0; i < 10; i++) {
      take(Lane.EVENTS).failed(new SQLTransientConnectionException("away"));
    }
    take(Lane.EVENTS).failed(new IllegalStateException("once"));
    take(Lane.EVENTS).failed(new IllegalStateException("twice"));
    take(Lane.EVENTS).done(List.of());
    assertThat(deadLetters()).isZero();
  }

  @Test
  void keepsLanesApart() throws InterruptedException {
    publish("big", Lane.BIG_BATCHES);
    assertNothingComes(Lane.BATCHES);
    assertThat(take(Lane.BIG_BATCHES).task().topic()).isEqualTo("big");
  }

  @Test
  void isQuietOnlyWhenNothingWaitsOrIsWorkedOrDelayed() throws InterruptedException {
    assertThat(queue().isQuiet()).isTrue();
    publish("a", Lane.EVENTS);
    // Until it is confirmed it is the publisher's.
    boolean confirmed = published.values().stream().allMatch(CompletableFuture::isDone);
    assertThat(confirmed && queue().isQuiet()).isFalse();
    Delivery first = take(Lane.EVENTS);
    assertThat(queue().isQuiet()).isFalse();
    first.failed(new IllegalStateException("once"));
    assertThat(queue().isQuiet()).isFalse();
    take(Lane.EVENTS).done(List.of());
    Awaitility.await().atMost(PATIENCE).until(() -> queue().isQuiet());
  }

  /** Publishes as a relay does, which looks after what is not confirmed. */
  private void publish(String topic, Lane lane) {
    Task task = task(topic, lane);
    CompletableFuture<Void> confirm = queue().publish(task).toCompletableFuture();
    published.put(task, confirm);
    var _ =
        confirm.whenComplete((done, failure) -> {
          if (failure != null) {
            failed(task);
          }
        });
  }

  private void restart() {
    List<Task> unconfirmed =
        published.entrySet().stream()
            .filter(entry -> !entry.getValue().isDone())
            .map(Map.Entry::getKey)
            .toList();
    restartTheProcess();
    unconfirmed.forEach(queue()::publish);
  }

  private Delivery take(Lane lane) throws InterruptedException {
    return queue().take(lane, PATIENCE).orElseThrow();
  }

  private void assertNothingComes(Lane lane) throws InterruptedException {
    assertThat(queue().take(lane, A_WHILE)).isEmpty();
  }

  private static String topic(Delivery delivery) {
    return delivery.task().topic();
  }

  private static Task task(String topic, Lane lane) {
    return new Task(topic, lane, ("{\"of\":\"" + topic + "\"}").getBytes(StandardCharsets.UTF_8));
  }
}
