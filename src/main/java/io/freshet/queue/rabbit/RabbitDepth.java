package io.freshet.queue.rabbit;

import io.freshet.queue.Lane;
import io.freshet.queue.QueueDepth;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Counts the tasks in RabbitMQ and in the hands of processes, over one link. */
final class RabbitDepth {
  /** How long a process may take to say what it holds; one that is paused says nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** What the queues hold, and how many consumers of lanes there are. */
  private record Queues(Map<Lane, Integer> ready, int delayed, int consumers) {
    boolean areEmpty() {
      return delayed == 0 && ready.values().stream().allMatch(count -> count == 0);
    }
  }

  private final Link link;
  private final Topology topology;

  RabbitDepth(Link link, Topology topology) {
    this.link = link;
    this.topology = topology;
  }

  QueueDepth read() throws IOException {
    Queues queues = queues();
    Map<Lane, Integer> held = link.census().ask(queues.consumers(), PATIENCE).held();
    return new QueueDepth(queues.ready(), held, queues.delayed());
  }

  /**
   * Quiet means: nothing held, nothing in the queues, nothing held again, and no task has moved in
   * between by anybody. A consumer that does not answer may hold something. What RabbitMQ itself is
   * moving, from a delay to a lane, is seen by none of this for some milliseconds.
   */
  boolean isQuiet() throws IOException {
    int consumers = queues().consumers();
    Census.Answers before = link.census().ask(consumers, PATIENCE);
    Queues queues = queues();
    boolean empty =
        queues.areEmpty()
            && before.consumers() == queues.consumers()
            && before.held().values().stream().allMatch(count -> count == 0);
    return empty && link.census().ask(consumers, PATIENCE).equals(before);
  }

  /** The delays first: what leaves one meanwhile is then seen in its lane. */
  private Queues queues() throws IOException {
    int delayed = 0;
    for (Duration delay : topology.delays()) {
      delayed += link.count(Topology.delay(delay)).ready();
    }
    Map<Lane, Integer> ready = new EnumMap<>(Lane.class);
    int consumers = 0;
    for (Lane lane : Lane.values()) {
      for (int shard = 0; shard < link.shards(lane); shard++) {
        Link.Count count = link.count(Topology.queue(lane, shard));
        ready.merge(lane, count.ready(), Integer::sum);
        consumers += count.consumers();
      }
    }
    return new Queues(ready, delayed, consumers);
  }
}
