package io.freshet.live;

import io.freshet.testkit.FuzzTarget;
import io.freshet.testkit.Seeds;
import java.util.Arrays;
import java.util.List;

/** Deltas between any two texts make the new one of the old one. */
final class FossilTarget implements FuzzTarget {
  @Override
  public void take(byte[] input) {
    int half = input.length / 2;
    byte[] from = Arrays.copyOf(input, half);
    byte[] to = Arrays.copyOfRange(input, half, input.length);
    byte[] made = new FossilTest.Reader(Fossil.delta(from, to)).apply(from);
    if (!Arrays.equals(made, to)) {
      throw new IllegalStateException("another text came out");
    }
  }

  @Override
  public List<byte[]> seeds() {
    String text = "{\"type\":\"updated\",\"post\":\"742000000000000001\",\"version\":2}";
    return Seeds.of(
        text + text.replace('2', '3'), "aaaaaaaaaaaaaaaaaaaa".repeat(4), "\u00e9\u00e8", "");
  }
}
