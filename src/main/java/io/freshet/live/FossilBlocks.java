package io.freshet.live;

import io.freshet.live.Fossil.Match;
import java.util.Arrays;

/** An old text, in which the parts of a new one are looked up by blocks of some bytes. */
final class FossilBlocks {
  /** Bytes of a block: shorter parts that are the same are not found. */
  static final int SIZE = 16;

  /** Blocks looked at for each place: a text of one letter only has thousands of the same. */
  private static final int TRIES = 32;

  private static final int NOTHING = -1;

  private final byte[] from;

  /** The last block of each hash, and for each block the one before it of the same hash. */
  private final int[] last;

  private final int[] before;

  FossilBlocks(byte[] from) {
    this.from = from;
    this.before = new int[from.length / SIZE];
    this.last = new int[Integer.highestOneBit(before.length + 1) * 2];
    Arrays.fill(last, NOTHING);
    for (int block = 0; block < before.length; block++) {
      int slot = slot(from, block * SIZE);
      before[block] = last[slot];
      last[slot] = block;
    }
  }

  /**
   * The longest match around a block of the new text.
   *
   * @param at where the block begins
   * @param floor how far back the match may begin
   */
  Match longest(byte[] to, int at, int floor) {
    Match longest = Match.NONE;
    int block = last[slot(to, at)];
    for (int tries = 0; tries < TRIES && block != NOTHING; tries++) {
      Match match = match(block * SIZE, to, at, floor);
      if (match.length() > longest.length()) {
        longest = match;
      }
      block = before[block];
    }
    return longest;
  }

  private Match match(int old, byte[] to, int at, int floor) {
    int same = Arrays.mismatch(from, old, from.length, to, at, to.length);
    int after = same == NOTHING ? to.length - at : same;
    if (after < SIZE) {
      return Match.NONE; // only the hashes are the same
    }
    int back = 0;
    while (at - back > floor && old > back && from[old - back - 1] == to[at - back - 1]) {
      back++;
    }
    return new Match(old - back, at - back, back + after);
  }

  private int slot(byte[] text, int at) {
    int hash = 0;
    for (int i = at; i < at + SIZE; i++) {
      hash = hash * 31 + text[i];
    }
    return (hash ^ hash >>> SIZE) & (last.length - 1);
  }
}
