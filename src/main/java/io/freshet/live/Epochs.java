package io.freshet.live;

import java.util.random.RandomGenerator;

/** Names of the lives of streams, drawn at random. */
public final class Epochs {
  /** 36^6: that a client comes back to another life of the same name is one in two billion. */
  private static final int LETTERS = 6;

  private static final int DIGITS = 36;

  private Epochs() {}

  public static String next(RandomGenerator random) {
    StringBuilder epoch = new StringBuilder(LETTERS);
    for (int i = 0; i < LETTERS; i++) {
      epoch.append(Character.forDigit(random.nextInt(DIGITS), DIGITS));
    }
    return epoch.toString();
  }
}
