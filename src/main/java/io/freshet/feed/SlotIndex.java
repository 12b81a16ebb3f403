package io.freshet.feed;

import java.util.Arrays;

/**
 * A hash map from positive ids to slot numbers in one flat array, each key with its slot beside it:
 * linear probing, at most half full, and deletion by shifting back (Knuth, The Art of Computer
 * Programming 3, 6.4, algorithm R). 32 to 64 bytes an entry. Not thread-safe.
 */
final class SlotIndex {
  static final int NONE = -1;
  private static final long EMPTY = 0;

  /** A key at each even place, its slot at the next. */
  private long[] table = new long[128];

  private int size;

  int size() {
    return size;
  }

  int get(long key) {
    int mask = table.length - 2;
    for (int i = home(key, mask); ; i = (i + 2) & mask) {
      long at = table[i];
      if (at == key) {
        return (int) table[i + 1];
      }
      if (at == EMPTY) {
        return NONE;
      }
    }
  }

  void put(long key, int slot) {
    if (4 * (size + 1) > table.length) {
      grow();
    }
    int mask = table.length - 2;
    int i = home(key, mask);
    while (table[i] != EMPTY && table[i] != key) {
      i = (i + 2) & mask;
    }
    if (table[i] == EMPTY) {
      size++;
    }
    table[i] = key;
    table[i + 1] = slot;
  }

  void remove(long key) {
    int mask = table.length - 2;
    int hole = home(key, mask);
    while (table[hole] != key) {
      if (table[hole] == EMPTY) {
        return;
      }
      hole = (hole + 2) & mask;
    }
    size--;
    for (int i = (hole + 2) & mask; table[i] != EMPTY; i = (i + 2) & mask) {
      // An entry may fill the hole if the hole lies on its way from home.
      if (((i - home(table[i], mask)) & mask) >= ((i - hole) & mask)) {
        table[hole] = table[i];
        table[hole + 1] = table[i + 1];
        hole = i;
      }
    }
    table[hole] = EMPTY;
  }

  void clear() {
    Arrays.fill(table, EMPTY);
    size = 0;
  }

  private void grow() {
    long[] old = table;
    table = new long[2 * old.length];
    size = 0;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != EMPTY) {
        put(old[i], (int) old[i + 1]);
      }
    }
  }

  /** The even place a key would like best. */
  private static int home(long key, int mask) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
  }
}
