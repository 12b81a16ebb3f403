package io.freshet.chaos;

import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** All calls of a run, and what befell the cluster meanwhile. Thread-safe. */
final class History {
  /** Something that was done to the cluster, or that ended. */
  record Incident(long at, String what) {
    @Override
    public String toString() {
      return "%8.3f s  %s".formatted(at / 1e9, what);
    }
  }

  private final long began = System.nanoTime();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Queue<Incident> incidents = new ConcurrentLinkedQueue<>();

  /** Nanoseconds since the run began. */
  long now() {
    return System.nanoTime() - began;
  }

  int nextNumber() {
    return numbers.incrementAndGet();
  }

  void add(Call call) {
    calls.add(call);
  }

  void incident(String what) {
    incidents.add(new Incident(now(), what));
  }

  int size() {
    return calls.size();
  }

  List<Call> calls() {
    return calls.stream().sorted(Comparator.comparingInt(Call::number)).toList();
  }

  List<Incident> incidents() {
    return List.copyOf(incidents);
  }
}
