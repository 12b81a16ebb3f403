package io.freshet.queue;

import java.util.Map;

/**
 * How many tasks there are.
 *
 * @param waiting by lane, those that a worker could take now
 * @param worked by lane, those in the hands of a process: being worked, or fetched for that
 * @param delayed those that wait for their next attempt, of all lanes
 */
public record QueueDepth(Map<Lane, Integer> waiting, Map<Lane, Integer> worked, int delayed) {
  public static final QueueDepth NOTHING = new QueueDepth(Map.of(), Map.of(), 0);

  public QueueDepth {
    waiting = Map.copyOf(waiting);
    worked = Map.copyOf(worked);
  }

  public int waiting(Lane lane) {
    return waiting.getOrDefault(lane, 0);
  }

  public int worked(Lane lane) {
    return worked.getOrDefault(lane, 0);
  }

  public int total() {
    return sum(waiting) + sum(worked) + delayed;
  }

  private static int sum(Map<Lane, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
