package io.freshet.cli;

import io.freshet.app.Migration;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code freshet migrate}. */
@Command(
    name = "migrate",
    description = {
      "Bring the schema of the database up to date, and nothing else.",
      "Run it before the processes of a new version start; servers may be running. It may be run again at any time."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: DATABASE_URL=postgres://me:secret@db/feed freshet migrate --wait 120"})
final class MigrateCommand implements Runnable {
  private static final int LONGEST_WAIT = 3_600;

  @ParentCommand private Freshet freshet = new Freshet(Map.of());
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for a database that cannot be reached (default: 60).")
  private int wait;

  @Option(names = "--json", description = "Print the result as one line of JSON.")
  private boolean json;

  @Override
  public void run() {
    if (wait < 0 || wait > LONGEST_WAIT) {
      throw new OperatorException("--wait must be from 0 to " + LONGEST_WAIT + " seconds.");
    }
    FreshetConfig config = freshet.config(Map.of());
    Migration migration = Migration.run(config, Duration.ofSeconds(wait));
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.MAPPER.writeValueAsString(migration) : sentence(migration));
    out.flush();
  }

  private static String sentence(Migration migration) {
    Database.Migrated migrated = migration.migrated();
    return migrated.steps() == 0
        ? "The schema of %s is up to date: version %s."
            .formatted(migration.database(), migrated.to())
        : "The schema of %s went from %s to version %s (%d steps)."
            .formatted(
                migration.database(),
                migrated.from().map(from -> "version " + from).orElse("nothing"),
                migrated.to(),
                migrated.steps());
  }
}
