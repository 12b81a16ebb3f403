package io.freshet.cli;

import io.freshet.account.AccountException;
import io.freshet.platform.ConfigSource;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.OperatorException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The program's first class: finds the command, and turns what goes wrong into one sentence and an
 * exit code.
 */
@Command(
    name = "freshet",
    description = "A self-hosted news feed server.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      MigrateCommand.class,
      DemoCommand.class,
      ImportCommand.class,
      FeedsCommand.class,
      CountersCommand.class,
      MediaCommand.class,
      RankingCommand.class,
      AccountsCommand.class,
      MailCommand.class,
      QueueCommand.class,
      CapacityCommand.class,
      ConfigCommand.class,
      VersionCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet demo                          a town of 2,000 people to look at, on port 8080",
      "  freshet serve                         the server alone",
      "  freshet import graph friends.csv      people and follows from a file",
      "  freshet feeds verify --all            compare every cached feed with the database",
      "",
      "Exit codes: 0 done, 1 it failed (one sentence on standard error), 2 wrong usage, 3 verify found differences.",
      "Settings come from the environment and FRESHET_HOME/freshet.properties; see docs/configuration.md."
    })
public final class Freshet implements Runnable {
  /** Helidon logs through the Java platform's own logging, to which it tells of every start. */
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  static final int FAILED = 1;
  static final int DIFFERENT = 3;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      showDefaultValue = Visibility.NEVER,
      description = "The directory of data, secret and lock (FRESHET_HOME, else ./data).")
  private Optional<Path> home = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;

  Freshet(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] arguments) {
    HELIDON.setLevel(Level.WARNING);
    System.exit(run(System.getenv(), writer(System.out), writer(System.err), arguments));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Runs one command and returns its exit code. */
  static int run(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Freshet(environment))
        .setOut(out)
        .setErr(err)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command))
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which command? freshet --help lists them.");
  }

  /** The settings in force, with {@code defaults} in place of the usual ones. */
  FreshetConfig config(Map<String, String> defaults) {
    return FreshetConfig.load(source(defaults));
  }

  /** The settings in force, with options of the command in place of environment variables. */
  FreshetConfig configWith(Map<String, String> options) {
    return FreshetConfig.load(source(Map.of(), options));
  }

  ConfigSource source(Map<String, String> defaults) {
    return source(defaults, Map.of());
  }

  private ConfigSource source(Map<String, String> defaults, Map<String, String> options) {
    Map<String, String> merged = new HashMap<>(environment);
    merged.putAll(options);
    home.ifPresent(directory -> merged.put("FRESHET_HOME", directory.toString()));
    return FreshetConfig.source(merged, defaults);
  }

  private static int explain(Exception failure, CommandLine command) {
    boolean expected = failure instanceof OperatorException || failure instanceof AccountException;
    String sentence = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    command.getErr().println(expected ? sentence : "Unexpected failure: " + failure + ".");
    if (!expected) {
      LoggerFactory.getLogger(Freshet.class).debug("unexpected failure", failure);
    }
    return FAILED;
  }
}
