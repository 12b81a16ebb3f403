package io.freshet.cli;

import io.freshet.platform.FreshetConfig;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
      "          DATABASE_URL=postgres://me:secret@db/feed freshet serve"
    })
final class ServeCommand implements Runnable {
  @ParentCommand private Freshet freshet = new Freshet(Map.of());
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    FreshetConfig config = freshet.config(Map.of());
    Serving.run(
        config,
        database -> {},
        port ->
            spec.commandLine()
                .getOut()
                .println(
                    "Freshet serves on http://localhost:"
                        + port
                        + " (API: /docs). Ctrl+C stops it."));
  }
}
