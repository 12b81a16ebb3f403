package io.freshet.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has each change of a thing told at once, and then once a round while it goes on changing, so that
 * what everybody changes is no flood for those who watch it. What waits for a round is lost with
 * the process. Thread-safe.
 *
 * @param <K> what tells the things apart
 */
public final class Rounds<K> {
  private final Set<K> told = ConcurrentHashMap.newKeySet();
  private final Set<K> waiting = ConcurrentHashMap.newKeySet();

  /** Whether the change may be told now; if not, the thing is among those of the next round. */
  public boolean isFirst(K thing) {
    boolean first = told.add(thing);
    if (!first) {
      waiting.add(thing);
    }
    return first;
  }

  /** Begins a round, with those that have changed again in the one before. */
  public List<K> next() {
    told.clear();
    List<K> due = new ArrayList<>(waiting);
    told.addAll(due);
    due.forEach(waiting::remove);
    return due;
  }

  /** It could not be told after all: the next change may be. */
  public void untold(K thing) {
    told.remove(thing);
  }

  /** These could not be told after all: they are among those of the next round. */
  public void again(List<K> things) {
    waiting.addAll(things);
  }
}
