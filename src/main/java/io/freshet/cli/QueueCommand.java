package io.freshet.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code freshet queue stats} and {@code freshet queue retry}. */
@Command(
    name = "queue",
    description = "Look after the events that keep the feeds true.",
    mixinStandardHelpOptions = true)
final class QueueCommand {
  @ParentCommand private Freshet freshet = new Freshet(Map.of());

  @Command(
      name = "stats",
      description = "How many events wait, and how many are parked after too many failures.",
      mixinStandardHelpOptions = true)
  void stats(@Mixin OperationOptions options) {
    options.run(
        freshet,
        "queue.stats",
        OperationOptions.arguments(),
        (result, out) ->
            out.printf(
                "%,d events wait, the oldest for %.1f s; %,d are parked.%n",
                result.path("waiting").asLong(),
                result.path("oldestSeconds").asDouble(),
                result.path("parked").asLong()));
  }

  @Command(
      name = "retry",
      description = "Have all parked events tried again.",
      mixinStandardHelpOptions = true)
  void retry(@Mixin OperationOptions options) {
    options.run(
        freshet,
        "queue.retry",
        OperationOptions.arguments(),
        (result, out) ->
            out.printf("%,d events are tried again.%n", result.path("retried").asLong()));
  }
}
