package io.freshet.web.live;

import io.freshet.platform.BusyException;
import java.util.concurrent.atomic.AtomicInteger;

/** How many live connections this process holds, and how many it may. Thread-safe. */
public final class Seats {
  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  public Seats(int most) {
    this.most = most;
  }

  /** Every seat taken must be left. Throws {@link BusyException} when there is none. */
  void take() {
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      throw new BusyException("as many live connections are open as may");
    }
  }

  void leave() {
    taken.decrementAndGet();
  }

  public int taken() {
    return taken.get();
  }
}
