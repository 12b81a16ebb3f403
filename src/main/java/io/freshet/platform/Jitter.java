package io.freshet.platform;

import java.util.concurrent.ThreadLocalRandom;

/** Numbers drawn at random, so that many who were turned away together do not return together. */
public final class Jitter {
  private Jitter() {}

  /** A whole number from {@code least} to {@code most}, both included. */
  public static int between(int least, int most) {
    return ThreadLocalRandom.current().nextInt(least, most + 1);
  }
}
