package io.freshet.queue;

import io.freshet.platform.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue inside one process. It keeps nothing itself: a published task and all that follows it
 * are one <i>errand</i>, whose confirm completes when the last of them is done, so the outbox row
 * it came from stays until then and is worked again after a crash.
 */
public final class LocalQueue implements Queue {
  private static final Logger LOG = LoggerFactory.getLogger(LocalQueue.class);

  private final InstantSource clock;
  private final RetryPolicy retries;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Lane, Waiting> lanes = new EnumMap<>(Lane.class);
  private final Map<Lane, Integer> worked = new EnumMap<>(Lane.class);

  public LocalQueue(InstantSource clock, RetryPolicy retries) {
    this.clock = clock;
    this.retries = retries;
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new Waiting(lock.newCondition()));
    }
  }

  @Override
  public CompletionStage<Void> publish(Task task) {
    Errand errand = new Errand();
    add(task, errand);
    return errand.confirm;
  }

  private void add(Task task, Errand errand) {
    lock.lock();
    try {
      errand.open++;
      Waiting lane = lane(task.lane());
      lane.due.add(new Job(task, errand, 0));
      lane.changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Delivery> take(Lane name, Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    lock.lockInterruptibly();
    try {
      Waiting lane = lane(name);
      while (true) {
        lane.awaken(clock.instant());
        Job job = lane.due.poll();
        if (job != null) {
          worked.merge(name, 1, Integer::sum);
          return Optional.of(new LocalDelivery(job));
        }
        if (left <= 0) {
          return Optional.empty();
        }
        long step =
            Math.min(left, TimeUnit.MILLISECONDS.toNanos(lane.millisToNext(clock.instant())));
        left -= step - lane.changed.awaitNanos(step);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public QueueDepth depth() {
    lock.lock();
    try {
      Map<Lane, Integer> due = new EnumMap<>(Lane.class);
      lanes.forEach((name, lane) -> due.put(name, lane.due.size()));
      int delayed = lanes.values().stream().mapToInt(lane -> lane.later.size()).sum();
      return new QueueDepth(due, worked, delayed);
    } finally {
      lock.unlock();
    }
  }

  /** Of this process; another's tasks are seen in the outbox until they are done. */
  @Override
  public boolean isQuiet() {
    return depth().total() == 0;
  }

  private Waiting lane(Lane name) {
    return java.util.Objects.requireNonNull(lanes.get(name));
  }

  /** The tasks of one lane: those due, and those that wait for their next attempt. */
  private record Waiting(Deque<Job> due, PriorityQueue<Retry> later, Condition changed) {
    Waiting(Condition changed) {
      this(new ArrayDeque<>(), new PriorityQueue<>(Comparator.comparing(Retry::at)), changed);
    }

    void awaken(Instant now) {
      while (!later.isEmpty() && !later.element().at().isAfter(now)) {
        due.add(later.remove().job());
      }
    }

    long millisToNext(Instant now) {
      return later.isEmpty()
          ? Long.MAX_VALUE
          : Math.max(1, Duration.between(now, later.element().at()).toMillis());
    }
  }

  private record Job(Task task, Errand errand, int failures) {}

  private record Retry(Instant at, Job job) {}

  /**
   * A published task with all that follows it; {@code open} of them are not done yet (guarded by
   * the lock).
   */
  private static final class Errand {
    final CompletableFuture<Void> confirm = new CompletableFuture<>();
    int open;
    Optional<Throwable> failure = Optional.empty();
  }

  private final class LocalDelivery implements Delivery {
    private final Job job;

    LocalDelivery(Job job) {
      this.job = job;
    }

    @Override
    public Task task() {
      return job.task;
    }

    @Override
    public void done(List<Task> following) {
      following.forEach(task -> add(task, job.errand));
      close(Optional.empty());
    }

    @Override
    public void failed(Throwable cause) {
      // An outage of the database is not the task's fault: it waits until that has ended.
      boolean outage = Outage.causes(cause);
      int failures = outage ? job.failures : job.failures + 1;
      if (!outage && failures >= retries.attempts()) {
        LOG.error("dead letter: {} failed {} times", job.task.topic(), failures, cause);
        close(Optional.of(new DeadLetterException(job.task.topic(), failures, cause)));
        return;
      }
      LOG.warn(
          "{} failed (attempt {} of {}): {}",
          job.task.topic(),
          failures,
          retries.attempts(),
          cause.toString());
      lock.lock();
      try {
        worked.merge(job.task.lane(), -1, Integer::sum);
        Waiting lane = lane(job.task.lane());
        Instant at = clock.instant().plus(retries.pauseAfter(Math.max(1, failures)));
        lane.later.add(new Retry(at, new Job(job.task, job.errand, failures)));
        lane.changed.signal();
      } finally {
        lock.unlock();
      }
    }

    private void close(Optional<Throwable> failure) {
      Errand errand = job.errand;
      boolean last;
      lock.lock();
      try {
        worked.merge(job.task.lane(), -1, Integer::sum);
        if (failure.isPresent()) {
          errand.failure = failure;
        }
        last = --errand.open == 0;
      } finally {
        lock.unlock();
      }
      if (last) {
        errand.failure.ifPresentOrElse(
            errand.confirm::completeExceptionally, () -> errand.confirm.complete(null));
      }
    }
  }
}
