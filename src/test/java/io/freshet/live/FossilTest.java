package io.freshet.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FossilTest {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";
  private static final int RANDOM_TEXTS = 3_000;

  /** Reads a delta as the format says. */
  static final class Reader {
    private final byte[] delta;
    private int at;

    Reader(byte[] delta) {
      this.delta = delta;
    }

    long number() {
      long value = 0;
      for (int digit = digit(); digit >= 0; digit = digit()) {
        value = value * 64 + digit;
        at++;
      }
      return value;
    }

    private int digit() {
      return DIGITS.indexOf(delta[at]);
    }

    byte[] apply(byte[] from) {
      ByteArrayOutputStream to = new ByteArrayOutputStream();
      long size = number();
      assertThat(delta[at++]).isEqualTo((byte) '\n');
      while (true) {
        long number = number();
        switch (delta[at++]) {
          case '@' -> {
            to.write(from, (int) number(), (int) number);
            assertThat(delta[at++]).isEqualTo((byte) ',');
          }
          case ':' -> {
            to.write(delta, at, (int) number);
            at += (int) number;
          }
          case ';' -> {
            assertThat(at).isEqualTo(delta.length);
            assertThat(to.size()).isEqualTo((int) size);
            assertThat(checksum(to.toByteArray())).isEqualTo(number);
            return to.toByteArray();
          }
          default -> throw new AssertionError("no such command at " + at);
        }
      }
    }

    private static long checksum(byte[] text) {
      ByteBuffer words = ByteBuffer.allocate((text.length + 3) / 4 * 4).put(text).rewind();
      long sum = 0;
      while (words.hasRemaining()) {
        sum += words.getInt();
      }
      return sum & 0xFFFF_FFFFL;
    }
  }

  private static byte[] requireMade(byte[] from, byte[] to) {
    byte[] delta = Fossil.delta(from, to);
    assertThat(new Reader(delta).apply(from)).isEqualTo(to);
    return delta;
  }

  @Test
  void makesTheNewTextOfTheOldOne() {
    String padding = "all work and no play makes Jack a dull boy ".repeat(20);
    for (List<String> pair :
        List.of(
            List.of("", ""),
            List.of("", "something"),
            List.of("something", ""),
            List.of(padding, padding),
            List.of(padding + "1" + padding, padding + "2" + padding),
            List.of("1" + padding, padding + "2"),
            List.of("x".repeat(5_000), "x".repeat(4_999)),
            List.of("short", "shorter"))) {
      requireMade(pair.getFirst().getBytes(UTF_8), pair.getLast().getBytes(UTF_8));
    }
  }

  @Test
  void isShortWhereLittleHasChanged() {
    String text = "{\"text\":\"" + "0123456789abcdef".repeat(200) + "\",\"likes\":";
    byte[] delta = requireMade((text + "41}").getBytes(UTF_8), (text + "42}").getBytes(UTF_8));
    assertThat(delta).hasSizeLessThan(40);
  }

  @Test
  void makesAnyTextOfAnyOther() {
    Random random = new Random(4);
    for (int i = 0; i < RANDOM_TEXTS; i++) {
      String from = text(random);
      StringBuilder to = new StringBuilder(from);
      for (int edits = random.nextInt(5); edits > 0; edits--) {
        int start = random.nextInt(to.length() + 1);
        int end = Math.min(to.length(), start + random.nextInt(40));
        to.replace(start, end, text(random).substring(0, random.nextInt(30)));
      }
      byte[] delta = requireMade(from.getBytes(UTF_8), to.toString().getBytes(UTF_8));
      requireWholeCharacters(delta);
    }
  }

  /** Of letters of one, two and three bytes, so that cuts often fall into one. */
  private static String text(Random random) {
    return random
        .ints(40 + random.nextInt(200), 0, 6)
        .mapToObj("aбв€c漢"::charAt)
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
  }

  private static void requireWholeCharacters(byte[] delta) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(delta));
    } catch (CharacterCodingException e) {
      throw new AssertionError("a character is cut", e);
    }
  }
}
