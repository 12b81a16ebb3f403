package io.freshet.bench;

import java.lang.management.ManagementFactory;

/**
 * Time that this thread had a core: what others on the machine do counts less than in wall time.
 */
final class CpuTime {
  private CpuTime() {}

  static long now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
