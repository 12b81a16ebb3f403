package io.freshet.feed;

import java.util.Arrays;
import java.util.List;

/**
 * The one k-way merge: descending lists of ids become one, without duplicates. A binary heap of the
 * lists' heads (Knuth, The Art of Computer Programming 3, 5.4.1), so n ids out of k lists cost n
 * log k comparisons.
 */
public final class Merge {
  private final long[][] sources;
  private final int[] positions;
  private final int[] heap;
  private int size;

  private Merge(List<long[]> lists, long before) {
    sources = lists.toArray(long[][]::new);
    positions = new int[sources.length];
    heap = new int[sources.length];
    for (int source = 0; source < sources.length; source++) {
      positions[source] = firstBelow(sources[source], before);
      if (positions[source] < sources[source].length) {
        heap[size++] = source;
      }
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  /** Up to {@code limit} ids below {@code before} and at least {@code floor}, newest first. */
  public static long[] newest(List<long[]> descending, long before, long floor, int limit) {
    return new Merge(descending, before).take(floor, limit);
  }

  private long[] take(long floor, int limit) {
    long[] taken = new long[Math.min(limit, remaining())];
    int count = 0;
    while (size > 0 && count < taken.length) {
      long id = head(0);
      if (id < floor) {
        break;
      }
      if (count == 0 || taken[count - 1] != id) {
        taken[count++] = id;
      }
      if (++positions[heap[0]] == sources[heap[0]].length) {
        heap[0] = heap[--size];
      }
      sink(0);
    }
    return count == taken.length ? taken : Arrays.copyOf(taken, count);
  }

  private int remaining() {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += sources[heap[i]].length - positions[heap[i]];
    }
    return (int) Math.min(sum, Integer.MAX_VALUE - 8);
  }

  private long head(int i) {
    return sources[heap[i]][positions[heap[i]]];
  }

  private void sink(int i) {
    int source = i < size ? heap[i] : -1;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && head(child + 1) > head(child)) {
        child++;
      }
      if (sources[source][positions[source]] >= head(child)) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    if (source >= 0) {
      heap[i] = source;
    }
  }

  /** The index of the first id below {@code before} in a descending list. */
  static int firstBelow(long[] descending, long before) {
    int low = 0;
    int high = descending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (descending[middle] < before) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
