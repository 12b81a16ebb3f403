package io.freshet.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code freshet mail list} and {@code freshet mail retry}. */
@Command(
    name = "mail",
    description = "Look at mails that wait or could not be sent, and try them again.",
    mixinStandardHelpOptions = true)
final class MailCommand {
  @ParentCommand private Freshet freshet = new Freshet(Map.of());

  @Command(
      name = "list",
      description = {
        "How many mails wait, and those that were given up, newest first, with what the server said.",
        "A mail is given up when it was refused for good, or could not be sent for mail.retryHours."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example: freshet mail list --limit 100"})
  void list(
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "So many at most (default: ${DEFAULT-VALUE}).")
          int limit,
      @Mixin OperationOptions options) {
    options.run(
        freshet, "mail.list", OperationOptions.arguments().put("limit", limit), MailCommand::table);
  }

  /** Which of those that were given up. */
  static final class Which {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "The mail of this id.")
    private Optional<String> id = Optional.empty();

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    private ObjectNode arguments() {
      ObjectNode arguments = OperationOptions.arguments().put("all", all);
      id.ifPresent(text -> arguments.put("id", text));
      return arguments;
    }
  }

  @Command(
      name = "retry",
      description = "Have mails that were given up tried again, for mail.retryHours anew.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples: freshet mail retry --all",
        "          freshet mail retry 893274893274"
      })
  void retry(@ArgGroup(multiplicity = "1") Which which, @Mixin OperationOptions options) {
    options.run(
        freshet,
        "mail.retry",
        which.arguments(),
        (result, out) ->
            out.printf("%,d mails are tried again.%n", result.path("retried").asLong()));
  }

  private static void table(JsonNode list, PrintWriter out) {
    out.printf(
        "%,d mails wait, the oldest that is due for %,d s; %,d are parked.%n",
        list.path("waiting").asLong(),
        list.path("oldestSeconds").asLong(),
        list.path("parked").asLong());
    String row = "%-19s %-19s %-8s %8s  %-30s %s%n";
    if (!list.path("mails").isEmpty()) {
      out.printf(row, "ID", "ACCOUNT", "KIND", "ATTEMPTS", "WANTED", "ERROR");
    }
    list.path("mails")
        .forEach(mail ->
            out.printf(
                row,
                mail.path("id").asString(),
                mail.path("account").asString(),
                mail.path("kind").asString(),
                mail.path("attempts").asString(),
                mail.path("wanted").asString(),
                mail.path("error").asString()));
  }
}
