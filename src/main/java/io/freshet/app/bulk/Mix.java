package io.freshet.app.bulk;

/**
 * Randomness by number: the same seed, kind and number always draw the same, in any order. So what
 * is made up need not be kept until it is written. The finisher of SplitMix64.
 */
final class Mix {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private final long seed;

  Mix(long seed, int kind) {
    this.seed = finish(seed * GAMMA + kind);
  }

  long bits(long number) {
    return finish(seed + number * GAMMA);
  }

  /** From 0 inclusive to 1 exclusive. */
  double share(long number) {
    return (bits(number) >>> 11) * 0x1.0p-53;
  }

  /** From 0 inclusive to the bound exclusive. */
  int below(long number, int bound) {
    return (int) (share(number) * bound);
  }

  private static long finish(long value) {
    long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
