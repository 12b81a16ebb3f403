package io.freshet.web.live;

import io.freshet.platform.Loop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sees that every connection that is being closed ends: who has not left within {@link #GRACE} is
 * dropped. Thread-safe.
 */
public final class Farewells implements AutoCloseable {
  /**
   * Time to take our last words and to answer them: a round trip to anywhere fits into it, and
   * whoever needs longer has been told enough.
   */
  static final Duration GRACE = Duration.ofSeconds(1);

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private record Leaver(Wire wire, long untilMillis) {}

  private final InstantSource clock;
  private final Queue<Leaver> leavers = new ConcurrentLinkedQueue<>();
  private final Loop loop;

  public Farewells(InstantSource clock) {
    this.clock = clock;
    this.loop = Loop.start("farewells", LOOK_EVERY, this::dropTheLate);
  }

  void expect(Wire wire) {
    leavers.add(new Leaver(wire, clock.millis() + GRACE.toMillis()));
  }

  /** The grace is one for all, so the first in the queue is the first whose time is up. */
  private boolean dropTheLate() {
    Leaver first = leavers.peek();
    while (first != null && first.untilMillis() <= clock.millis()) {
      first.wire().drop();
      leavers.remove();
      first = leavers.peek();
    }
    return false;
  }

  /** Drops those who are still leaving. */
  @Override
  public void close() {
    loop.close();
    leavers.forEach(leaver -> leaver.wire().drop());
  }
}
