package io.freshet.live;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A table that knows everything at once, forgets nothing by itself, and can be lost or away. */
final class FakeInterests implements Interests {
  private final Map<String, Set<String>> nodes = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  volatile boolean isSettled = true;
  volatile boolean isAway;

  @Override
  public void announce(String node, Collection<String> channels) {
    join(node, channels);
  }

  @Override
  public synchronized void join(String node, Collection<String> channels) {
    refuseIfAway();
    nodes.computeIfAbsent(node, _ -> new TreeSet<>()).addAll(channels);
  }

  @Override
  public synchronized void leave(String node, Collection<String> channels) {
    refuseIfAway();
    nodes.computeIfAbsent(node, _ -> new TreeSet<>()).removeAll(channels);
  }

  @Override
  public void withdraw(String node, Collection<String> channels) {
    refuseIfAway();
    nodes.remove(node);
  }

  @Override
  public synchronized Optional<Map<String, List<String>>> of(Collection<String> channels) {
    refuseIfAway();
    if (!isSettled) {
      return Optional.empty();
    }
    Map<String, List<String>> found = new HashMap<>();
    for (String channel : channels) {
      List<String> listening =
          nodes.keySet().stream().filter(node -> of(node).contains(channel)).sorted().toList();
      if (!listening.isEmpty()) {
        found.put(channel, listening);
      }
    }
    return Optional.of(found);
  }

  @Override
  public boolean knows(String node) {
    refuseIfAway();
    return nodes.containsKey(node);
  }

  @Override
  public Set<String> channels() {
    Set<String> all = new TreeSet<>();
    nodes.values().forEach(all::addAll);
    return all;
  }

  @Override
  public void onLoss(Runnable listener) {
    listeners.add(listener);
  }

  Set<String> of(String node) {
    return nodes.getOrDefault(node, Set.of());
  }

  void lose() {
    nodes.clear();
    listeners.forEach(Runnable::run);
  }

  private void refuseIfAway() {
    if (isAway) {
      throw new IllegalStateException("away");
    }
  }
}
