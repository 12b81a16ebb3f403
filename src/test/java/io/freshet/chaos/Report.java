package io.freshet.chaos;

import io.freshet.testkit.Cluster;
import io.freshet.testkit.FreshetNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what somebody needs who has to find out why a run has failed. */
final class Report {
  private static final int VIOLATIONS = 5;
  private static final int CALLS = 40;
  private static final int LOG_LINES = 15;
  private static final int ANSWERED_READS = 100;
  private static final int ANSWERED_WRITES = 100;

  private final long seed;
  private final Path directory;
  private final Cluster cluster;
  private final History history;

  Report(long seed, Path directory, Cluster cluster, History history) {
    this.seed = seed;
    this.directory = directory;
    this.cluster = cluster;
    this.history = history;
  }

  /** A run in which hardly anything was answered has shown nothing. */
  void requireEnough() {
    long reads = history.calls().stream().filter(c -> c.isDone() && c.act().isRead()).count();
    long writes = history.calls().stream().filter(c -> c.isDone() && !c.act().isRead()).count();
    if (reads < ANSWERED_READS || writes < ANSWERED_WRITES) {
      throw new AssertionError(
          "only %d reads and %d writes were answered: too few to tell anything"
              .formatted(reads, writes));
    }
  }

  AssertionError of(List<Judge.Violation> violations) {
    StringBuilder text = new StringBuilder(violations.size() + " promises were broken");
    for (Judge.Violation violation :
        violations.subList(0, Math.min(VIOLATIONS, violations.size()))) {
      text.append("\n\n").append(violation.what()).append('\n').append(violation.call());
      text.append("\n  what touched it before:");
      touching(violation).forEach(call -> text.append("\n  ").append(call));
    }
    return new AssertionError(told(text.toString()));
  }

  AssertionError of(Throwable cause) {
    String said = String.valueOf(cause.getMessage());
    return cause instanceof AssertionError told && said.startsWith("chaos seed")
        ? told
        : new AssertionError(told(said), cause);
  }

  private List<Call> touching(Judge.Violation violation) {
    Set<Fact> facts = violation.facts();
    List<Call> calls =
        history.calls().stream()
            .filter(call -> call.start() <= violation.call().end())
            .filter(call -> facts.stream().anyMatch(fact -> Facts.touches(call, fact)))
            .toList();
    return calls.subList(Math.max(0, calls.size() - CALLS), calls.size());
  }

  private String told(String what) {
    String incidents =
        history.incidents().stream().map(Object::toString).collect(Collectors.joining("\n"));
    return """
    chaos seed %d: %s

    What befell the cluster:
    %s

    %s
    The whole history, all logs and what each thread did are in %s; to run it again:
    mvn -q test -Dtest=ChaosTest -Dfreshet.chaos.seed=%d\
    """
        .formatted(seed, what, incidents, cluster.tails(LOG_LINES), kept(), seed);
  }

  private Path kept() {
    Path kept = Path.of("target", "chaos", "seed-" + seed).toAbsolutePath();
    try {
      Files.createDirectories(kept);
      List<String> lines =
          Stream.concat(
                  history.incidents().stream().map(Object::toString),
                  history.calls().stream().map(Object::toString))
              .toList();
      Files.write(kept.resolve("history.txt"), lines);
      for (FreshetNode node : cluster.nodes()) {
        node.dumpThreads(kept.resolve(node.name() + ".threads"));
      }
      try (Stream<Path> logs = Files.list(directory)) {
        for (Path log : logs.filter(file -> file.toString().endsWith(".log")).toList()) {
          Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      return Path.of("(not kept: " + e.getMessage() + ")");
    }
    return kept;
  }

  /** One line for those who watch. */
  String summary() {
    List<Call> calls = history.calls();
    long done = calls.stream().filter(Call::isDone).count();
    return "chaos seed %d: %,d calls, %,d answered, %d faults, %d s"
        .formatted(
            seed,
            calls.size(),
            done,
            history.incidents().stream().filter(it -> it.what().startsWith("over")).count(),
            TimeUnit.NANOSECONDS.toSeconds(history.now()));
  }
}
