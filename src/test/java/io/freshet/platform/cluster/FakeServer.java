package io.freshet.platform.cluster;

import io.freshet.platform.cluster.InvalidationLog.Entry;
import io.freshet.platform.cluster.InvalidationLog.Tail;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server that keeps a log and shared values; it can be flushed, which begins a new generation.
 */
final class FakeServer {
  /** Few, so that the log is trimmed before everyone has read it. */
  private static final int KEPT = 4;

  /** A value, or a lease on one. */
  record Slot(long lease, byte[] value) {}

  private final String name;
  private int generation = 1;
  private long last;
  private final Deque<Entry> entries = new ArrayDeque<>();
  final Map<String, Slot> slots = new HashMap<>();

  FakeServer(String name) {
    this.name = name;
  }

  String home() {
    return name + " " + generation;
  }

  void flush() {
    generation++;
    last = 0;
    entries.clear();
    slots.clear();
  }

  /** The log alone is lost, as by eviction. */
  void evictLog() {
    life++;
    last = 0;
    entries.clear();
  }

  private int life = 1;

  void append(Entry entry) {
    last++;
    entries.addFirst(entry);
    if (entries.size() > KEPT) {
      entries.removeLast();
    }
  }

  Tail fetch(String from, long after) {
    String now = home() + " " + life;
    List<Entry> asked =
        from.equals(now) ? entries.stream().limit(Math.max(0, last - after)).toList() : List.of();
    return new Tail(now, last, asked);
  }
}
