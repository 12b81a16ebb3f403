package io.freshet.web.live;

import io.freshet.platform.BusyException;
import io.freshet.web.limits.Connections;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many live connections this process holds, how many it may, and how many of one address.
 * Thread-safe.
 */
public final class Seats {
  private final int most;
  private final Connections ofAddress;
  private final AtomicInteger taken = new AtomicInteger();

  public Seats(int most, Connections ofAddress) {
    this.most = most;
    this.ofAddress = ofAddress;
  }

  /** Every seat taken must be left. Throws {@link BusyException} when there is none. */
  void take(InetAddress from) {
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      throw new BusyException("as many live connections are open as may");
    }
    if (!ofAddress.open(from)) {
      taken.decrementAndGet();
      throw new BusyException("as many live connections of one address are open as may");
    }
  }

  void leave(InetAddress from) {
    taken.decrementAndGet();
    ofAddress.close(from);
  }

  public int taken() {
    return taken.get();
  }
}
