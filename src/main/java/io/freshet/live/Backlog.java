package io.freshet.live;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/** Waits for one thread to take it, in order, up to a number of bytes. Thread-safe. */
public final class Backlog<T> {
  private final BlockingQueue<T> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final long most;
  private final ToIntFunction<T> size;

  /**
   * @param most bytes
   * @param size of one, in bytes
   */
  public Backlog(long most, ToIntFunction<T> size) {
    this.most = most;
    this.size = size;
  }

  /** False if there is no room for it. */
  public boolean offer(T one) {
    int own = size.applyAsInt(one);
    if (bytes.addAndGet(own) > most) {
      bytes.addAndGet(-own);
      return false;
    }
    return waiting.add(one);
  }

  /** The next one, within this time. */
  public Optional<T> take(Duration within) throws InterruptedException {
    Optional<T> one = Optional.ofNullable(waiting.poll(within.toMillis(), TimeUnit.MILLISECONDS));
    one.ifPresent(taken -> bytes.addAndGet(-size.applyAsInt(taken)));
    return one;
  }
}
