package io.freshet.platform;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that nobody announces, by looking again and again. */
public final class Patience {
  private static final Duration STEP = Duration.ofMillis(20);

  private Patience() {}

  /**
   * True as soon as the condition holds; false if it never did within this time or the thread was
   * interrupted.
   */
  public static boolean await(Duration most, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    return true;
  }
}
