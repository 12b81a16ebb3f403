package io.freshet.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One shard of the stored feeds in the heap. Its monitor guards everything in it; callers hold it
 * for microseconds.
 */
final class HeapShard {
  /** Changes kept for a feed while it is built; a build overtaken by more is given up. */
  private static final int PENDING_MAX = 10_000;

  /** Feeds looked at to find one to give up for another: the one unread for longest goes. */
  private static final int SAMPLE = 8;

  /** A change of one feed. */
  private sealed interface Change {
    record Insert(long post) implements Change {}

    record Remove(long post) implements Change {}

    record InsertAll(FeedWindow source) implements Change {}

    record RemoveAll(long[] posts) implements Change {}
  }

  private record Build(long number, List<Change> pending) {}

  private final int window;
  private final int capacity;
  private final int maxFeeds;
  private final SlotIndex index = new SlotIndex();
  private final RingSlab rings;
  private final Map<Long, Build> builds = new HashMap<>();
  private long[] viewers = new long[0];
  private int[] readAt = new int[0];

  /** The slots of the batch in hand. */
  private int[] found = new int[64];

  private long lastBuild;
  private int hand;

  HeapShard(int window, int capacity, int maxFeeds) {
    this.window = window;
    this.capacity = capacity;
    this.maxFeeds = maxFeeds;
    this.rings = new RingSlab(capacity);
  }

  /** Inserts the post into the feeds of {@code ids[from..to)}. */
  synchronized void insert(long post, long[] ids, int from, int to) {
    // All slots first: the look-ups of many feeds wait for memory together.
    int count = to - from;
    if (count > found.length) {
      found = new int[count];
    }
    for (int i = 0; i < count; i++) {
      found[i] = index.get(ids[from + i]);
    }
    for (int i = 0; i < count; i++) {
      if (found[i] != SlotIndex.NONE) {
        rings.insert(found[i], post);
      }
    }
    if (!builds.isEmpty()) {
      notePending(new Change.Insert(post), ids, from, to);
    }
  }

  synchronized void remove(long post, long[] ids, int from, int to) {
    for (int i = from; i < to; i++) {
      apply(ids[i], new Change.Remove(post));
    }
    notePending(new Change.Remove(post), ids, from, to);
  }

  synchronized void insertAll(long viewer, FeedWindow source) {
    change(viewer, new Change.InsertAll(source));
  }

  synchronized void removeAll(long viewer, long[] posts) {
    change(viewer, new Change.RemoveAll(posts));
  }

  private void change(long viewer, Change change) {
    apply(viewer, change);
    notePending(change, new long[] {viewer}, 0, 1);
  }

  private void notePending(Change change, long[] ids, int from, int to) {
    if (builds.isEmpty()) {
      return;
    }
    for (int i = from; i < to; i++) {
      Build build = builds.get(ids[i]);
      if (build != null) {
        build.pending().add(change);
        if (build.pending().size() > PENDING_MAX) {
          builds.remove(ids[i]);
        }
      }
    }
  }

  private void apply(long viewer, Change change) {
    int slot = index.get(viewer);
    if (slot == SlotIndex.NONE) {
      return;
    }
    switch (change) {
      case Change.Insert(long post) -> rings.insert(slot, post);
      case Change.Remove(long post) -> rings.remove(slot, post);
      case Change.InsertAll(FeedWindow source) -> merge(slot, source);
      case Change.RemoveAll(long[] posts) -> {
        for (long post : posts) {
          rings.remove(slot, post);
        }
      }
    }
    dropIfShort(viewer, slot);
  }

  private void merge(int slot, FeedWindow source) {
    long floor = Math.max(rings.floor(slot), source.floor());
    long[] stored = rings.read(slot, Long.MAX_VALUE, capacity);
    fill(
        slot,
        Merge.newest(List.of(stored, source.ids()), Long.MAX_VALUE, floor, capacity + 1),
        floor);
  }

  private void fill(int slot, long[] ids, long floor) {
    if (ids.length > capacity) {
      rings.fill(slot, Arrays.copyOf(ids, capacity), Math.max(floor, ids[capacity] + 1));
    } else {
      rings.fill(slot, ids, floor);
    }
  }

  private void dropIfShort(long viewer, int slot) {
    if (rings.count(slot) < window && rings.floor(slot) > 0) {
      release(viewer, slot);
    }
  }

  synchronized Optional<FeedWindow> read(long viewer, long before, int limit, int now) {
    int slot = index.get(viewer);
    if (slot == SlotIndex.NONE) {
      return Optional.empty();
    }
    readAt[slot] = now;
    return Optional.of(new FeedWindow(rings.read(slot, before, limit), rings.floor(slot)));
  }

  synchronized Optional<FeedWindow> peek(long viewer) {
    int slot = index.get(viewer);
    return slot == SlotIndex.NONE
        ? Optional.empty()
        : Optional.of(
            new FeedWindow(rings.read(slot, Long.MAX_VALUE, capacity), rings.floor(slot)));
  }

  synchronized long beginBuild(long viewer) {
    builds.put(viewer, new Build(++lastBuild, new ArrayList<>()));
    return lastBuild;
  }

  synchronized boolean completeBuild(long viewer, long number, FeedWindow built, int now) {
    Build build = builds.get(viewer);
    if (build == null || build.number() != number) {
      return false;
    }
    builds.remove(viewer);
    int slot = index.get(viewer);
    if (slot == SlotIndex.NONE) {
      slot = take(viewer);
    }
    readAt[slot] = now;
    fill(slot, built.ids(), built.floor());
    build.pending().forEach(change -> apply(viewer, change));
    return true;
  }

  synchronized void abandonBuild(long viewer, long number) {
    Build build = builds.get(viewer);
    if (build != null && build.number() == number) {
      builds.remove(viewer);
    }
  }

  synchronized void drop(long viewer) {
    builds.remove(viewer);
    int slot = index.get(viewer);
    if (slot != SlotIndex.NONE) {
      release(viewer, slot);
    }
  }

  synchronized void clear() {
    builds.clear();
    for (long viewer : viewers) {
      if (viewer != 0) {
        release(viewer, index.get(viewer));
      }
    }
  }

  synchronized int dropUnreadSince(int second) {
    int dropped = 0;
    for (int slot = 0; slot < viewers.length; slot++) {
      if (viewers[slot] != 0 && readAt[slot] < second) {
        release(viewers[slot], slot);
        dropped++;
      }
    }
    return dropped;
  }

  synchronized int size() {
    return index.size();
  }

  private int take(long viewer) {
    if (index.size() >= maxFeeds) {
      dropLongestUnread();
    }
    int slot = rings.take();
    if (rings.slots() > viewers.length) {
      viewers = Arrays.copyOf(viewers, rings.slots());
      readAt = Arrays.copyOf(readAt, rings.slots());
    }
    viewers[slot] = viewer;
    index.put(viewer, slot);
    return slot;
  }

  private void release(long viewer, int slot) {
    index.remove(viewer);
    viewers[slot] = 0;
    rings.release(slot);
  }

  /**
   * The longest unread of a few, from where the last search ended: near enough to the least
   * recently read of all.
   */
  private void dropLongestUnread() {
    int oldest = SlotIndex.NONE;
    for (int seen = 0; seen < SAMPLE || oldest == SlotIndex.NONE; seen++) {
      hand = hand + 1 >= viewers.length ? 0 : hand + 1;
      if (viewers[hand] != 0 && (oldest == SlotIndex.NONE || readAt[hand] < readAt[oldest])) {
        oldest = hand;
      }
    }
    release(viewers[oldest], oldest);
  }
}
