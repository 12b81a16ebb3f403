package io.freshet.web.limits;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * How many connections each address has open, and how many it may. Those of trusted proxies are not
 * counted, for they are of many people. Thread-safe.
 */
public final class Connections {
  private final int most;
  private final Predicate<InetAddress> isExempt;
  private final ConcurrentHashMap<Who, Integer> open = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  private Connections(int most, Predicate<InetAddress> isExempt) {
    this.most = most;
    this.isExempt = isExempt;
  }

  public static Connections atMost(int most, Addresses addresses) {
    return new Connections(most, addresses::isTrusted);
  }

  public static Connections unlimited() {
    return new Connections(Integer.MAX_VALUE, address -> true);
  }

  /** False if it has as many as it may; otherwise {@link #close} must follow. */
  public boolean open(InetAddress address) {
    if (isExempt.test(address)) {
      return true;
    }
    Who who = Who.address(address);
    if (open.merge(who, 1, Integer::sum) <= most) {
      return true;
    }
    leave(who);
    refused.increment();
    return false;
  }

  public void close(InetAddress address) {
    if (!isExempt.test(address)) {
      leave(Who.address(address));
    }
  }

  private void leave(Who who) {
    open.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
  }

  /** Connections refused so far. */
  public long refused() {
    return refused.sum();
  }
}
