package io.freshet.bench;

/** What a store of 8-byte entries cannot beat: bare writes to memory of the same size. */
final class BareMemory {
  private final long[] memory;
  private long state = 0x9E3779B97F4A7C15L;
  private int next;

  BareMemory(int places) {
    memory = new long[places];
  }

  /** Nanoseconds of the core a write to random places. */
  double randomWrite(int writes) {
    long x = state;
    long start = CpuTime.now();
    for (int i = 0; i < writes; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
      memory[(int) (((x >>> 32) * memory.length) >>> 32)] = x;
    }
    long end = CpuTime.now();
    state = x;
    return (double) (end - start) / writes;
  }

  /** Nanoseconds of the core a write to one place after the other. */
  double sequentialWrite(int writes) {
    int at = next;
    long start = CpuTime.now();
    for (int i = 0; i < writes; i++) {
      memory[at] = i;
      at = at + 1 == memory.length ? 0 : at + 1;
    }
    long end = CpuTime.now();
    next = at;
    return (double) (end - start) / writes;
  }
}
