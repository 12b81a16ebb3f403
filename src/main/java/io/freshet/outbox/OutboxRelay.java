package io.freshet.outbox;

import io.freshet.outbox.OutboxStore.Row;
import io.freshet.platform.Ids;
import io.freshet.platform.trace.Step;
import io.freshet.platform.trace.Traces;
import io.freshet.queue.DeadLetterException;
import io.freshet.queue.Lane;
import io.freshet.queue.Queue;
import io.freshet.queue.QueueAwayException;
import io.freshet.queue.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the outbox to the queue: claims rows, publishes each as a task, and deletes it once the
 * queue has confirmed. Rows of a relay that died are claimed by another when their lease ends, so
 * an event is published at least once. While the queue is away the rows stay: the relay tries one
 * of them now and then, and goes on with all when that one is confirmed.
 *
 * <p>{@link #runOnce} is called by one thread; confirms may come on any thread.
 */
public final class OutboxRelay {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

  /**
   * How long a claim lasts without being renewed: a crashed relay's rows rest no longer than this.
   */
  static final Duration LEASE = Duration.ofSeconds(15);

  /** Claims are renewed when this much of the lease has passed. */
  static final Duration RENEW_AFTER = Duration.ofSeconds(5);

  /** While the queue is away: the time from one try to the next. */
  static final Duration AWAY_PAUSE = Duration.ofSeconds(1);

  /** Rows claimed in one go: 200 are as cheap an event as any larger number. */
  static final int BATCH = 200;

  /** Rows published and not yet confirmed, at most: what a slow consumer may hold in memory. */
  static final int IN_FLIGHT = 2_000;

  /** An event whose confirm has come, good or bad. */
  private record Ended(long id, Optional<Throwable> failure) {
    boolean isAway() {
      return failure.flatMap(QueueAwayException::in).isPresent();
    }
  }

  private final OutboxStore store;
  private final Queue queue;
  private final InstantSource clock;
  private final Traces traces;
  private final Map<Long, Instant> inFlight = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Runnable> onConfirm = new AtomicReference<>(() -> {});
  private Optional<Instant> awayUntil = Optional.empty();

  /** One that traces nothing; what is traced goes on beyond it. */
  public OutboxRelay(OutboxStore store, Queue queue, InstantSource clock) {
    this(store, queue, clock, Traces.none());
  }

  public OutboxRelay(OutboxStore store, Queue queue, InstantSource clock, Traces traces) {
    this.traces = traces;
    this.store = store;
    this.queue = queue;
    this.clock = clock;
  }

  /** What to call when a confirm has arrived and {@link #runOnce} has something to delete. */
  public void onConfirm(Runnable wake) {
    onConfirm.set(wake);
  }

  /**
   * Deletes what is confirmed, keeps its claims alive, and publishes what waits; true when more may
   * wait.
   */
  public boolean runOnce() {
    Instant now = clock.instant();
    settle(now);
    renew(now);
    int room = Math.min(mostNow(now), IN_FLIGHT - inFlight.size());
    if (room <= 0) {
      return false;
    }
    List<Row> rows = store.claim(room, now, now.plus(LEASE));
    rows.forEach(row -> publish(row, now));
    return rows.size() == room && awayUntil.isEmpty();
  }

  /** How many rows to publish: while the queue is away only one, and that not always. */
  private int mostNow(Instant now) {
    if (awayUntil.isEmpty()) {
      return BATCH;
    }
    boolean trying = !inFlight.isEmpty();
    return trying || now.isBefore(awayUntil.get()) ? 0 : 1;
  }

  /** Events published and not yet confirmed. */
  public int inFlight() {
    return inFlight.size();
  }

  private void publish(Row row, Instant now) {
    inFlight.put(row.id(), now);
    Step step = step(row, now);
    Task task =
        new Task(row.event().topic(), Lane.EVENTS, row.event().body(), step.trace().or(row::trace));
    try {
      queue.publish(task).whenComplete((done, failure) -> end(row.id(), step, failure));
    } catch (RuntimeException e) {
      inFlight.remove(row.id()); // else its claim would be renewed for ever
      step.failed(e);
      step.close();
      throw e;
    }
  }

  /** From now until the confirm. */
  private Step step(Row row, Instant now) {
    if (row.trace().isEmpty()) {
      return Step.NONE;
    }
    long waited = Duration.between(Ids.instantOf(row.id()), now).toMillis();
    return traces
        .begin("outbox " + row.event().topic(), Traces.Kind.PRODUCER, row.trace())
        .note("freshet.outbox.waited_ms", waited);
  }

  private void end(long id, Step step, @Nullable Throwable failure) {
    if (failure != null) {
      step.failed(failure);
    }
    step.close();
    ended.add(new Ended(id, Optional.ofNullable(failure)));
    onConfirm.get().run();
  }

  /**
   * Deletes the rows of confirmed events, parks dead letters and leaves the rest for later; what
   * the database does not take now is kept.
   */
  private void settle(Instant now) {
    List<Ended> batch = new ArrayList<>();
    for (Ended one = ended.poll(); one != null; one = ended.poll()) {
      batch.add(one);
    }
    try {
      settle(batch, now);
    } catch (RuntimeException e) {
      ended.addAll(batch);
      throw e;
    }
    batch.forEach(one -> inFlight.remove(one.id()));
  }

  private void settle(List<Ended> batch, Instant now) {
    List<Long> confirmed =
        batch.stream().filter(one -> one.failure().isEmpty()).map(Ended::id).toList();
    if (!confirmed.isEmpty()) {
      store.delete(confirmed);
    }
    List<Long> later = batch.stream().filter(Ended::isAway).map(Ended::id).toList();
    if (!later.isEmpty()) {
      store.renew(later, now.plus(AWAY_PAUSE));
      goAway(batch.stream().filter(Ended::isAway).findFirst().flatMap(Ended::failure), now);
    } else if (!confirmed.isEmpty()) {
      comeBack();
    }
    for (Ended one : batch) {
      if (!one.isAway()) {
        one.failure().ifPresent(failure -> park(one.id(), failure, now));
      }
    }
  }

  private void park(long id, Throwable failure, Instant now) {
    int attempts = failure instanceof DeadLetterException dead ? dead.attempts() : 0;
    store.park(id, String.valueOf(failure.getMessage()), attempts, now);
  }

  private void goAway(Optional<Throwable> why, Instant now) {
    if (awayUntil.isEmpty()) {
      LOG.warn("events wait in the outbox: {}", why.map(Throwable::getMessage).orElse(""));
    }
    awayUntil = Optional.of(now.plus(AWAY_PAUSE));
  }

  private void comeBack() {
    if (awayUntil.isPresent()) {
      LOG.info("the queue takes events again");
      awayUntil = Optional.empty();
    }
  }

  private void renew(Instant now) {
    List<Long> ageing = new ArrayList<>();
    inFlight.forEach((id, since) -> {
      if (!since.plus(RENEW_AFTER).isAfter(now)) {
        ageing.add(id);
      }
    });
    if (!ageing.isEmpty()) {
      store.renew(ageing, now.plus(LEASE));
      ageing.forEach(id -> inFlight.computeIfPresent(id, (key, since) -> now));
    }
  }
}
