package io.freshet.bench;

import io.freshet.bench.LiveNode.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What live connections cost, how fast events arrive, and how a cut crowd comes back. */
@Command(
    name = "bench/live",
    mixinStandardHelpOptions = true,
    description = {
      "Opens live connections to a Freshet of its own and measures the memory they take; then authors "
          + "post over HTTP and the events are timed at their followers' sockets; then all connections "
          + "are cut at once, under posts, and come back. Fails if anything posted was not heard."
    })
final class LiveBench implements Callable<Integer> {
  /** Files that each of the two processes has open besides connections, with room to spare. */
  private static final int OTHER_FILES = 300;

  private static final int KB = 1_000;

  @Option(names = "--store", description = "heap or redis (with RabbitMQ): ${DEFAULT-VALUE}")
  Store store = Store.HEAP;

  @Option(names = "--connections", description = "idle connections held: ${DEFAULT-VALUE}")
  int connections = 20_000;

  @Option(
      names = "--hold",
      description = "seconds they are held; a ping comes every 25: ${DEFAULT-VALUE}")
  int hold = 40;

  @Option(names = "--readers", description = "connected followers: ${DEFAULT-VALUE}")
  int readers = 10_000;

  @Option(names = "--authors", description = "authors whom they follow: ${DEFAULT-VALUE}")
  int authors = 2_000;

  @Option(names = "--followees", description = "authors each follows: ${DEFAULT-VALUE}")
  int followees = 6;

  @Option(names = "--rate", description = "posts a second: ${DEFAULT-VALUE}")
  int rate = 231;

  @Option(names = "--seconds", description = "how long they post: ${DEFAULT-VALUE}")
  int seconds = 20;

  @Option(
      names = "--star-posts",
      description = "posts each of the star and the celebrity: ${DEFAULT-VALUE}")
  int starPosts = 10;

  @Option(
      names = "--at-once",
      description = "cut connections that come back at the same time: ${DEFAULT-VALUE}")
  int atOnce = 20_000;

  @Option(names = "--heap", description = "of the server: ${DEFAULT-VALUE}")
  String heap = "1g";

  @Option(
      names = "--java-option",
      description = "one more option of the server's Java, such as -XX:StartFlightRecording")
  String[] javaOptions = {};

  @Option(
      names = "--home",
      paramLabel = "DIRECTORY",
      description = "for the server's data, emptied first: ${DEFAULT-VALUE}")
  Path home = Path.of("target/bench/live");

  @Option(names = "--histogram", description = "print the classes that fill the server's heap")
  boolean histogram;

  @Option(names = "--json", description = "one JSON object instead of a table")
  boolean json;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new LiveBench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Report report = report();
    try {
      measure(report);
    } finally {
      // What was measured before something failed is worth seeing too.
      report.print(System.out, json);
    }
    return 0;
  }

  Report measure() throws IOException, InterruptedException {
    Report report = report();
    measure(report);
    return report;
  }

  private Report report() {
    return Report.of("live --store=" + store.name().toLowerCase(Locale.ROOT));
  }

  private void measure(Report report) throws IOException, InterruptedException {
    int allowed = OpenFiles.allowed() - OTHER_FILES;
    if (connections > allowed) {
      report.condition(
          "%,d connections were asked for, but this system allows a process %,d open files (ulimit -Hn)"
              .formatted(connections, OpenFiles.allowed()));
      connections = allowed;
    }
    LiveTown.Sizes sizes =
        new LiveTown.Sizes(connections, Math.min(readers, allowed), authors, followees);
    try (LiveFixture fixture = LiveFixture.start(this, sizes)) {
      report
          .condition("the server is a process of its own with a heap of " + heap)
          .condition("the clients are one thread beside it, JSON over WebSocket");
      if (connections > 0) {
        held(report, fixture);
      }
      if (readers > 0) {
        report.condition(fixture.town().description());
        new LiveEvents(this, fixture).measure(report);
      }
    }
  }

  private void held(Report report, LiveFixture fixture) throws IOException, InterruptedException {
    try (Crowd first = fixture.crowd(fixture.town().idlers().subList(0, connections / 10))) {
      first.awaitConnects(connections / 10);
    }
    fixture.awaitConnections(0);
    Memory empty = fixture.node().memory();
    long start = System.nanoTime();
    try (Crowd crowd = fixture.crowd(fixture.town().idlers())) {
      crowd.awaitConnects(connections);
      double opened = (System.nanoTime() - start) / 1e9;
      crowd.hold(hold);
      Memory full = fixture.node().memory();
      crowd.failIfBroken();
      if (histogram) {
        fixture.node().histogram(40).forEach(System.err::println);
      }
      report
          .figure("connections held", fixture.connections(), "", ">= 20,000")
          .figure("opened in", opened, "s", "");
      memory(report, empty, full);
    }
    fixture.awaitConnections(0);
  }

  private void memory(Report report, Memory empty, Memory full) {
    double heap = (double) (full.heap() - empty.heap()) / connections;
    double outside = (double) (full.resident() - empty.resident()) / connections;
    double all = heap + outside;
    // Both ends of a connection are on this machine.
    double kernel = (full.kernel() - empty.kernel()) / 2.0 / connections;
    String unit = "bytes";
    report
        .condition("memory: living objects, and what the process grew outside its heap")
        .against("a connection", all, unit, "Centrifugo 6.9", 31.7 * KB, "<= 20 KB")
        .against("the same", all, unit, "Helidon 4.3 WebSocket", 19.0 * KB, "")
        .against("the same once more", all, unit, "Netty 4.2 epoll, bare", 7.0 * KB, "")
        .figure("of it objects", heap, unit, "")
        .figure("of it outside the heap", outside, unit, "")
        .figure("not in it: the kernel's memory of a socket", kernel, unit, "");
  }
}
