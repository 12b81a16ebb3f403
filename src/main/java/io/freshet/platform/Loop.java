package io.freshet.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A background loop on a virtual thread of its own that never dies: it runs a step, rests while
 * there is nothing to do, and after an error logs it and rests too. The idea is db-scheduler's
 * {@code RunUntilShutdown}.
 */
public final class Loop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  /** One round of work; true asks for the next round at once. */
  public interface Step {
    boolean run() throws Exception;
  }

  private final String name;
  private final Duration rest;
  private final Step step;
  private final Semaphore wakeUp = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closing;
  private long failures;

  private Loop(String name, Duration rest, Step step) {
    this.name = name;
    this.rest = rest;
    this.step = step;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  public static Loop start(String name, Duration rest, Step step) {
    Loop loop = new Loop(name, rest, step);
    loop.thread.start();
    return loop;
  }

  /** Ends the rest, or the next one when the step is running. */
  public void wake() {
    if (wakeUp.availablePermits() == 0) {
      wakeUp.release();
    }
  }

  private void run() {
    while (!closing) {
      boolean more = false;
      try {
        more = step.run();
        failures = 0;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Throwable e) {
        if (closing) {
          return;
        }
        logSparsely(e);
      }
      if (!more && !sleep()) {
        return;
      }
    }
  }

  /**
   * The 1st, 2nd, 4th, 8th … failure in a row, and only the first with its stack: an outage shall
   * not fill the disk.
   */
  private void logSparsely(Throwable e) {
    failures++;
    if (failures == 1) {
      LOG.error("{} failed; it goes on every {} ms", name, rest.toMillis(), e);
    } else if (Long.bitCount(failures) == 1) {
      LOG.error("{} has failed {} times in a row: {}", name, failures, e.toString());
    }
  }

  private boolean sleep() {
    try {
      if (wakeUp.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) {
        wakeUp.drainPermits();
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Lets the step in progress finish (10 seconds at most) and ends the loop. */
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      if (!thread.join(Duration.ofSeconds(10))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
