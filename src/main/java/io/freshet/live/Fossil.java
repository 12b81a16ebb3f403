package io.freshet.live;

import java.io.ByteArrayOutputStream;

/**
 * Deltas in the format of the Fossil version control system: what to copy from an old text and what
 * to insert, so that the new one comes out, with a checksum at the end. Where both texts are UTF-8,
 * so is the delta: it never cuts through a character, for JSON could not carry half of one.
 *
 * @see <a href="https://fossil-scm.org/home/doc/trunk/www/delta_format.wiki">The format</a>
 */
final class Fossil {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";

  /** Bits of a digit. */
  private static final int DIGIT = 6;

  /** A copy takes up to some ten bytes to tell: shorter ones are not worth it. */
  private static final int LEAST = 12;

  /** Bytes from {@code at} in the old text that are the ones from {@code start} in the new one. */
  record Match(int at, int start, int length) {
    static final Match NONE = new Match(0, 0, 0);

    int end() {
      return start + length;
    }

    /** Without the parts of characters at its ends. */
    Match ofWholeCharacters(byte[] to) {
      int first = start;
      int last = end();
      while (first < last && isContinued(to, first)) {
        first++;
      }
      while (last > first && isContinued(to, last)) {
        last--;
      }
      return new Match(at + first - start, first, last - first);
    }

    private static boolean isContinued(byte[] text, int at) {
      return at < text.length && (text[at] & 0xC0) == 0x80;
    }
  }

  private final byte[] to;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Fossil(byte[] to) {
    this.to = to;
  }

  /** What makes the new text of the old one. */
  static byte[] delta(byte[] from, byte[] to) {
    return new Fossil(to).delta(new FossilBlocks(from));
  }

  private byte[] delta(FossilBlocks blocks) {
    number(to.length);
    out.write('\n');
    int told = 0;
    int at = 0;
    while (at + FossilBlocks.SIZE <= to.length) {
      Match match = blocks.longest(to, at, told).ofWholeCharacters(to);
      if (match.length() < LEAST) {
        at++;
      } else {
        insert(told, match.start());
        copy(match);
        told = match.end();
        at = told;
      }
    }
    insert(told, to.length);
    number(checksum());
    out.write(';');
    return out.toByteArray();
  }

  private void copy(Match match) {
    number(match.length());
    out.write('@');
    number(match.at());
    out.write(',');
  }

  private void insert(int start, int end) {
    if (end > start) {
      number(end - start);
      out.write(':');
      out.write(to, start, end - start);
    }
  }

  /** The sum of the text's 32-bit words, the last one filled up with zeros. */
  private int checksum() {
    int sum = 0;
    for (int i = 0; i < to.length; i++) {
      sum += (to[i] & 0xFF) << (Byte.SIZE * (3 - i % Integer.BYTES));
    }
    return sum;
  }

  /** Unsigned, the highest digit first. */
  private void number(int value) {
    int shift = 0;
    while (shift + DIGIT < Integer.SIZE && value >>> (shift + DIGIT) != 0) {
      shift += DIGIT;
    }
    for (; shift >= 0; shift -= DIGIT) {
      out.write(DIGITS.charAt(value >>> shift & (1 << DIGIT) - 1));
    }
  }
}
