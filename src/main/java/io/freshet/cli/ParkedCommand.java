package io.freshet.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code freshet queue parked}: list, retry, drop. */
@Command(
    name = "parked",
    description = "The dead letters: what failed too often and was put aside.",
    mixinStandardHelpOptions = true)
final class ParkedCommand {
  @ParentCommand private QueueCommand queue = new QueueCommand();

  /** Which of them. */
  static final class Which {
    @Option(names = "--all", required = true, description = "All of them.")
    private boolean all;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "One, as the list shows it.")
    private Optional<String> id = Optional.empty();

    ObjectNode arguments() {
      ObjectNode arguments = OperationOptions.arguments().put("all", all);
      id.ifPresent(one -> arguments.put("id", one));
      return arguments;
    }
  }

  @Command(
      name = "list",
      description = "Show the dead letters, the oldest first, and what they failed with.",
      mixinStandardHelpOptions = true)
  void list(
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "So many at most (default: ${DEFAULT-VALUE}).")
          int limit,
      @Mixin OperationOptions options) {
    options.run(
        queue.freshet(),
        "queue.parked.list",
        OperationOptions.arguments().put("limit", limit),
        ParkedCommand::table);
  }

  @Command(
      name = "retry",
      description = "Have dead letters worked again, from their first attempt on.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples: freshet queue parked retry --all",
        "          freshet queue parked retry 893274893274"
      })
  void retry(@ArgGroup(multiplicity = "1") Which which, @Mixin OperationOptions options) {
    options.run(
        queue.freshet(),
        "queue.parked.retry",
        which.arguments(),
        (result, out) ->
            out.printf("%,d dead letters are tried again.%n", result.path("retried").asLong()));
  }

  @Command(
      name = "drop",
      description = {
        "Throw dead letters away for good.",
        "Feeds that they were to change may stay wrong until they are rebuilt."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example: freshet queue parked drop 893274893274 --yes"})
  void drop(
      @ArgGroup(multiplicity = "1") Which which,
      @Option(names = "--yes", description = "You mean it.") boolean yes,
      @Mixin OperationOptions options) {
    options.run(
        queue.freshet(),
        "queue.parked.drop",
        which.arguments().put("yes", yes),
        (result, out) ->
            out.printf("%,d dead letters were dropped.%n", result.path("dropped").asLong()));
  }

  private static void table(JsonNode list, PrintWriter out) {
    JsonNode letters = list.path("letters");
    if (letters.isEmpty()) {
      out.println("Nothing is parked.");
      return;
    }
    String row = "%-19s %-16s %-11s %8s  %-20s %-20s %s%n";
    out.printf(row, "ID", "TOPIC", "LANE", "ATTEMPTS", "FIRST", "LAST", "ERROR");
    letters.forEach(letter ->
        out.printf(
            row,
            letter.path("id").asString(),
            letter.path("topic").asString(),
            letter.path("lane").asString(),
            letter.path("attempts").asInt() == 0 ? "?" : letter.path("attempts").asString(),
            time(letter.path("first")),
            time(letter.path("last")),
            letter.path("error").asString().lines().findFirst().orElse("")));
    long more = list.path("parked").asLong() - letters.size();
    if (more > 0) {
      out.printf("... and %,d more; --limit shows more of them.%n", more);
    }
  }

  private static String time(JsonNode instant) {
    return instant.isMissingNode()
        ? "?"
        : Instant.parse(instant.asString()).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
