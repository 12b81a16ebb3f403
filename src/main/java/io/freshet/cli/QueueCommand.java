package io.freshet.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/** {@code freshet queue}: stats, and the dead letters. */
@Command(
    name = "queue",
    description = "Look after the events that keep the feeds true.",
    mixinStandardHelpOptions = true,
    subcommands = ParkedCommand.class)
final class QueueCommand {
  @ParentCommand private Freshet freshet = new Freshet(Map.of());

  Freshet freshet() {
    return freshet;
  }

  @Command(
      name = "stats",
      description = {
        "How many events wait in the outbox, how many tasks wait or are being worked in each lane of"
            + " the queue, how many wait for their next attempt, and how many are parked after too"
            + " many failures."
      },
      mixinStandardHelpOptions = true)
  void stats(@Mixin OperationOptions options) {
    options.run(freshet, "queue.stats", OperationOptions.arguments(), QueueCommand::table);
  }

  private static void table(JsonNode stats, PrintWriter out) {
    out.printf("%-12s %10s %10s%n", "", "waiting", "worked");
    out.printf(
        "%-12s %,10d %10s  the oldest for %.1f s%n",
        "outbox", stats.path("waiting").asLong(), "", stats.path("oldestSeconds").asDouble());
    stats
        .path("lanes")
        .properties()
        .forEach(lane ->
            out.printf(
                "%-12s %,10d %,10d%n",
                lane.getKey(),
                lane.getValue().path("waiting").asLong(),
                lane.getValue().path("worked").asLong()));
    if (stats.path("queueAway").asBoolean(false)) {
      out.println("The queue is away; its events wait in the outbox.");
    } else {
      out.printf("%-12s %,10d%n", "delayed", stats.path("delayed").asLong());
    }
    out.printf("%-12s %,10d%n", "parked", stats.path("parked").asLong());
  }
}
