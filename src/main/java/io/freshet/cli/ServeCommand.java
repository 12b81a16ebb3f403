package io.freshet.cli;

import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Role;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code freshet serve}. */
@Command(
    name = "serve",
    description =
        "Start the server: database, workers and HTTP, in this process, until it is stopped.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples: freshet serve",
      "          PORT=9000 FRESHET_HOME=/var/lib/freshet freshet serve",
      "          DATABASE_URL=postgres://me:secret@db/feed freshet serve",
      "          DATABASE_URL=... REDIS_URL=redis://cache freshet serve --roles=worker"
    })
final class ServeCommand implements Runnable {
  @Option(
      names = "--roles",
      paramLabel = "ROLES",
      description = {
        "What this process does, parted by commas (FRESHET_ROLES, else all of them):",
        "web (the API), worker (the queue), scheduler (periodic tasks).",
        "Fewer than all need Redis and RabbitMQ or other processes beside them; see docs/operations.md."
      })
  private Optional<String> roles = Optional.empty();

  @ParentCommand private Freshet freshet = new Freshet(Map.of());
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    FreshetConfig config =
        freshet.configWith(roles.map(given -> Map.of("FRESHET_ROLES", given)).orElse(Map.of()));
    Serving.run(
        config,
        database -> {},
        app -> spec.commandLine().getOut().println(greeting(config, app.httpPort().orElseThrow())));
  }

  private static String greeting(FreshetConfig config, int port) {
    String address = "http://localhost:" + port;
    if (config.roles().contains(Role.WEB)) {
      return "Freshet serves on " + address + " (API: /docs). Ctrl+C stops it.";
    }
    String names =
        config.roles().stream()
            .sorted()
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" and "));
    return "Freshet works as " + names + "; its probes are on " + address + ". Ctrl+C stops it.";
  }
}
