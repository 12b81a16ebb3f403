package io.freshet.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.queue.Lane;
import io.freshet.queue.LocalQueue;
import io.freshet.queue.Queue;
import io.freshet.queue.Queue.Delivery;
import io.freshet.queue.QueueAwayException;
import io.freshet.queue.QueueDepth;
import io.freshet.queue.RetryPolicy;
import io.freshet.queue.Task;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.TestDatabase;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relay between a real outbox and a real queue, stepped by hand. */
class OutboxRelayTest {
  private final MovableClock clock = new MovableClock();
  private final Database database = TestDatabase.open();
  private final PgOutboxStore store = new PgOutboxStore(database.jdbi(), new Ids(clock, 0), clock);
  private final Outbox outbox = new Outbox(database.jdbi(), store);
  private final RetryPolicy once = new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1));
  private final LocalQueue queue = new LocalQueue(clock, once);
  private final OutboxRelay relay = new OutboxRelay(store, queue, clock);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void deletesARowOnlyWhenItsTaskIsDone() throws InterruptedException {
    save("a");
    relay.runOnce();
    Delivery delivery = take().orElseThrow();
    relay.runOnce();
    assertThat(waiting()).isEqualTo(1);
    delivery.done(List.of());
    relay.runOnce();
    assertThat(waiting()).isZero();
    assertThat(relay.inFlight()).isZero();
  }

  @Test
  void keepsItsClaimsOfSlowTasks() throws InterruptedException {
    save("slow");
    relay.runOnce();
    for (int i = 0; i < 5; i++) {
      clock.advance(OutboxRelay.RENEW_AFTER);
      relay.runOnce();
    }
    OutboxRelay other = new OutboxRelay(store, new LocalQueue(clock, once), clock);
    other.runOnce();
    assertThat(other.inFlight()).isZero();
    assertThat(queue.depth().waiting(Lane.EVENTS)).isEqualTo(1);
  }

  @Test
  void takesOverWhatADeadRelayHadClaimed() {
    save("a");
    relay.runOnce();
    LocalQueue othersQueue = new LocalQueue(clock, once);
    OutboxRelay other = new OutboxRelay(store, othersQueue, clock);
    clock.advance(OutboxRelay.LEASE.plusSeconds(1));
    other.runOnce();
    assertThat(othersQueue.depth().waiting(Lane.EVENTS)).isEqualTo(1);
  }

  @Test
  void parksTheRowOfADeadLetter() throws InterruptedException {
    save("poison");
    relay.runOnce();
    take().orElseThrow().failed(new IllegalStateException("no"));
    relay.runOnce();
    assertThat(waiting()).isZero();
    assertThat(store.stats(clock.instant()).parked()).isEqualTo(1);
    assertThat(new PgDeadLetters(database.jdbi()).list(1))
        .singleElement()
        .matches(letter -> letter.attempts() == 1 && letter.error().contains("poison: "));
  }

  @Test
  void keepsRowsThatTheQueueCannotTakeNow() {
    save("a");
    save("b");
    AwayQueue away = new AwayQueue(queue);
    OutboxRelay patient = new OutboxRelay(store, away, clock);
    patient.runOnce();
    patient.runOnce();
    assertThat(patient.inFlight()).isZero();
    assertThat(store.stats(clock.instant()).parked()).isZero();
    assertThat(waiting()).isEqualTo(2);
    away.back.set(true);
    clock.advance(OutboxRelay.AWAY_PAUSE.plusMillis(1));
    patient.runOnce();
    away.confirm();
    patient.runOnce();
    away.confirm();
    patient.runOnce();
    assertThat(waiting()).isZero();
  }

  @Test
  void triesOneRowASecondWhileTheQueueIsAway() {
    for (int i = 0; i < 10; i++) {
      save("a" + i);
    }
    AwayQueue away = new AwayQueue(queue);
    OutboxRelay patient = new OutboxRelay(store, away, clock);
    patient.runOnce();
    int first = away.tries.getAndSet(0);
    for (int millis = 0; millis < 10_000; millis += 10) {
      assertThat(patient.runOnce()).isFalse();
      clock.advance(Duration.ofMillis(10));
    }
    assertThat(first).isEqualTo(10);
    assertThat(away.tries.get()).isBetween(8, 10);
    assertThat(waiting()).isEqualTo(10);
  }

  @Test
  void letsGoOfARowWhosePublishingThrows() {
    save("a");
    AwayQueue away = new AwayQueue(queue);
    away.broken.set(true);
    OutboxRelay patient = new OutboxRelay(store, away, clock);
    assertThatThrownBy(patient::runOnce).hasMessage("broken");
    assertThat(patient.inFlight()).isZero();
    away.broken.set(false);
    away.back.set(true);
    clock.advance(OutboxRelay.LEASE.plusMillis(1));
    patient.runOnce();
    away.confirm();
    patient.runOnce();
    assertThat(waiting()).isZero();
  }

  /** A broker that cannot be reached, until it is back. */
  private static final class AwayQueue implements Queue {
    final AtomicBoolean back = new AtomicBoolean();
    final AtomicBoolean broken = new AtomicBoolean();
    final AtomicInteger tries = new AtomicInteger();
    private final List<CompletableFuture<Void>> unconfirmed = new ArrayList<>();
    private final Queue queue;

    AwayQueue(Queue queue) {
      this.queue = queue;
    }

    @Override
    public CompletionStage<Void> publish(Task task) {
      tries.incrementAndGet();
      if (broken.get()) {
        throw new IllegalStateException("broken");
      }
      if (!back.get()) {
        return CompletableFuture.failedFuture(new QueueAwayException("away"));
      }
      CompletableFuture<Void> confirm = new CompletableFuture<>();
      unconfirmed.add(confirm);
      return confirm;
    }

    void confirm() {
      unconfirmed.forEach(one -> one.complete(null));
    }

    @Override
    public Optional<Delivery> take(Lane lane, Duration wait) throws InterruptedException {
      return queue.take(lane, wait);
    }

    @Override
    public QueueDepth depth() {
      return queue.depth();
    }

    @Override
    public boolean isQuiet() {
      return queue.isQuiet();
    }
  }

  @Test
  void savesNoEventOfATransactionThatFails() {
    Optional<RuntimeException> thrown = Optional.empty();
    try {
      outbox.write((handle, events) -> {
        events.add(new Event("a", new byte[0]));
        throw new IllegalStateException("rolled back");
      });
    } catch (IllegalStateException e) {
      thrown = Optional.of(e);
    }
    assertThat(thrown).isPresent();
    assertThat(waiting()).isZero();
  }

  @Test
  void triesAgainWhenTheDatabaseIsAwayAtTheEnd() throws InterruptedException {
    save("a");
    AtomicBoolean away = new AtomicBoolean(true);
    OutboxStore shaky =
        (OutboxStore)
            Proxy.newProxyInstance(
                OutboxStore.class.getClassLoader(),
                new Class<?>[] {OutboxStore.class},
                (self, method, arguments) -> {
                  if (method.getName().equals("delete") && away.getAndSet(false)) {
                    throw new IllegalStateException("the database is away");
                  }
                  return method.invoke(store, arguments);
                });
    OutboxRelay patient = new OutboxRelay(shaky, queue, clock);
    patient.runOnce();
    take().orElseThrow().done(List.of());
    assertThatThrownBy(patient::runOnce).hasMessage("the database is away");
    patient.runOnce();
    assertThat(waiting()).isZero();
    assertThat(patient.inFlight()).isZero();
  }

  private void save(String topic) {
    outbox.write((handle, events) -> {
      events.add(new Event(topic, new byte[0]));
      return topic;
    });
  }

  private Optional<Delivery> take() throws InterruptedException {
    return queue.take(Lane.EVENTS, Duration.ZERO);
  }

  private long waiting() {
    return store.stats(clock.instant()).waiting();
  }
}
