package io.freshet.chaos;

import io.freshet.testkit.Cluster.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The faults of a run, in the order of its seed. */
record Schedule(List<Fault> faults) {
  private static final List<String> NODES = List.of("web-1", "web-2", "worker-1", "worker-2");

  /** Each kind of fault once, each part and each process killed once, links as the seed has it. */
  static Schedule of(Random random) {
    List<Fault> faults = new ArrayList<>();
    NODES.forEach(node -> faults.add(Fault.killNode(node)));
    faults.addAll(
        List.of(
            Fault.killPostgres(),
            Fault.killReplica(),
            Fault.killRedis(),
            Fault.killRabbit(),
            Fault.flushRedis(),
            Fault.failOverRedis(random.nextBoolean() ? Optional.of("worker-2") : Optional.empty()),
            Fault.duplicates(100)));
    for (Part part : Part.values()) {
      faults.add(link(NODES.get(random.nextInt(NODES.size())), part, random));
    }
    faults.add(Fault.refuse(NODES.get(random.nextInt(2)), Part.REDIS));
    Collections.shuffle(faults, random);
    return new Schedule(List.copyOf(faults));
  }

  private static Fault link(String node, Part part, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Fault.refuse(node, part);
      case 1 -> Fault.stall(node, part);
      case 2 -> Fault.cut(node, part);
      default -> Fault.slow(node, part, Duration.ofMillis(20 + random.nextInt(130)));
    };
  }

  /** Only those whose names contain one of these words, parted by commas; all if there are none. */
  Schedule only(String words) {
    if (words.isEmpty()) {
      return this;
    }
    List<String> wanted = List.of(words.split(",", -1));
    return new Schedule(
        faults.stream().filter(fault -> wanted.stream().anyMatch(fault.name()::contains)).toList());
  }
}
