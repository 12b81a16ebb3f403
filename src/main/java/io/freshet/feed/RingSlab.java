package io.freshet.feed;

import java.util.Arrays;

/**
 * Feeds as rings of post ids in one slab: each slot has {@code capacity} places for ids in
 * descending order, so the newest is added by one store and the oldest falls out unread. No object
 * and no lock a feed; a full slot of 1,024 places takes 8,192 bytes and 28 beside it. The slab
 * grows by chunks as slots are taken. Not thread-safe.
 *
 * <p>Memory decides the speed. What an insert looks at lies together ({@link #states}), and it only
 * writes to the ring, never reads there: inserts into many feeds wait for memory at the same time.
 */
final class RingSlab {
  /** Slots of one chunk, and so of one array. */
  private static final int CHUNK = 64;

  /** Words of a slot's state: its newest id, its floor, and its head and count in one. */
  private static final int WORDS = 3;

  private static final int FLOOR = 1;
  private static final int RING = 2;

  /** A floor that is to be taken from the oldest id: something has fallen out. */
  private static final long OLDEST = -1;

  private final int capacity;
  private long[][] chunks = new long[0][];
  private long[] states = new long[0];
  private int[] free = new int[0];
  private int freeCount;
  private int slots;

  RingSlab(int capacity) {
    this.capacity = capacity;
  }

  /** How many slots there are, taken or not. */
  int slots() {
    return slots;
  }

  int take() {
    if (freeCount == 0) {
      grow();
    }
    return free[--freeCount];
  }

  void release(int slot) {
    free[freeCount++] = slot;
  }

  private void grow() {
    chunks = Arrays.copyOf(chunks, chunks.length + 1);
    chunks[chunks.length - 1] = new long[CHUNK * capacity];
    int more = slots + CHUNK;
    if (more > free.length) {
      int room = Math.max(more, free.length + free.length / 4);
      states = Arrays.copyOf(states, room * WORDS);
      free = Arrays.copyOf(free, room);
    }
    for (int slot = more - 1; slot >= slots; slot--) {
      free[freeCount++] = slot;
    }
    slots = more;
  }

  int count(int slot) {
    return (int) states[slot * WORDS + RING];
  }

  long floor(int slot) {
    long floor = states[slot * WORDS + FLOOR];
    return floor == OLDEST ? at(slot, count(slot) - 1) : floor;
  }

  private int head(int slot) {
    return (int) (states[slot * WORDS + RING] >>> 32);
  }

  private static long ring(int head, int count) {
    return (long) head << 32 | count;
  }

  /** Writes a whole ring: ids newest first, at most as many as fit. */
  void fill(int slot, long[] ids, long floor) {
    long[] chunk = chunks[slot / CHUNK];
    int start = start(slot);
    for (int i = 0; i < ids.length; i++) {
      chunk[start + ids.length - 1 - i] = ids[i];
    }
    int state = slot * WORDS;
    states[state] = ids.length == 0 ? 0 : ids[0];
    states[state + FLOOR] = floor;
    states[state + RING] = ring(ids.length == 0 ? capacity - 1 : ids.length - 1, ids.length);
  }

  /** Inserts one id; nothing happens if it is there or below the floor. */
  void insert(int slot, long id) {
    int state = slot * WORDS;
    long newest = states[state];
    if (id > newest && id >= states[state + FLOOR]) {
      push(slot, id);
    } else if (id != newest && id >= floor(slot)) {
      insertLate(slot, id);
    }
  }

  private void push(int slot, long id) {
    int state = slot * WORDS;
    long ring = states[state + RING];
    int head = (int) (ring >>> 32) + 1;
    int count = (int) ring;
    head = head == capacity ? 0 : head;
    if (count == capacity) {
      states[state + FLOOR] = OLDEST;
    } else {
      count++;
    }
    states[state] = id;
    states[state + RING] = ring(head, count);
    chunks[slot / CHUNK][start(slot) + head] = id;
  }

  /** Ids come late by a few places at most, so they are looked for from the newest on. */
  private void insertLate(int slot, long id) {
    int count = count(slot);
    int i = 1;
    while (i < count && at(slot, i) > id) {
      i++;
    }
    if (i < count && at(slot, i) == id) {
      return;
    }
    if (i == capacity) {
      states[slot * WORDS + FLOOR] = OLDEST;
      return;
    }
    push(slot, states[slot * WORDS]);
    for (int j = 1; j < i; j++) {
      set(slot, j, at(slot, j + 1));
    }
    set(slot, i, id);
  }

  /** Removes one id, if it is there. */
  boolean remove(int slot, long id) {
    int count = count(slot);
    int i = indexBelow(slot, id + 1);
    if (i == count || at(slot, i) != id) {
      return false;
    }
    int state = slot * WORDS;
    states[state + FLOOR] = floor(slot);
    for (int j = i; j > 0; j--) {
      set(slot, j, at(slot, j - 1));
    }
    int head = head(slot) == 0 ? capacity - 1 : head(slot) - 1;
    states[state + RING] = ring(head, count - 1);
    states[state] = count == 1 ? 0 : at(slot, 0);
    return true;
  }

  /** Up to {@code limit} ids below {@code before}, newest first. */
  long[] read(int slot, long before, int limit) {
    int first = before > states[slot * WORDS] ? 0 : indexBelow(slot, before);
    long[] ids = new long[Math.min(limit, count(slot) - first)];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = at(slot, first + i);
    }
    return ids;
  }

  /** How many ids are not below {@code before}. */
  private int indexBelow(int slot, long before) {
    int low = 0;
    int high = count(slot);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(slot, middle) < before) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private long at(int slot, int i) {
    return chunks[slot / CHUNK][place(slot, i)];
  }

  private void set(int slot, int i, long id) {
    chunks[slot / CHUNK][place(slot, i)] = id;
  }

  private int place(int slot, int i) {
    int offset = head(slot) - i;
    return start(slot) + (offset < 0 ? offset + capacity : offset);
  }

  private int start(int slot) {
    return slot % CHUNK * capacity;
  }
}
