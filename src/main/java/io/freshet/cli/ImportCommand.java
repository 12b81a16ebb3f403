package io.freshet.cli;

import io.freshet.account.Passwords;
import io.freshet.app.bulk.BulkImport;
import io.freshet.app.bulk.GraphFile;
import io.freshet.app.bulk.PostTexts;
import io.freshet.app.bulk.SocialGraph;
import io.freshet.app.bulk.Town;
import io.freshet.app.bulk.Towns;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code freshet import}. */
@Command(
    name = "import",
    description = "Bring in communities from files.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ImportCommand.Graph.class,
      ImportStackExchangeCommand.class,
      ImportPeopleCommand.class,
      ImportPostsCommand.class
    })
final class ImportCommand {
  private static final long SEED = 1;

  @ParentCommand private Freshet freshet = new Freshet(Map.of());

  FreshetConfig config() {
    return freshet.config(Map.of());
  }

  /** {@code freshet import graph FILE}. */
  @Command(
      name = "graph",
      description = {
        "Import people and who follows whom, in one transaction, whether or not a server is running.",
        "FILE is an edge list (\"a b\" a line), a CSV file with a header, or a .jlg file; gzip or plain. People get the handles n<node>.",
        "An undirected edge means that both follow each other."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples: freshet import graph friends.edges --directed",
        "          freshet import graph net.jlg.gz --posts-per-account 20 --star"
      })
  static final class Graph implements Runnable {
    @ParentCommand private ImportCommand parent = new ImportCommand();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The graph.")
    private Path file = Path.of("");

    @Option(
        names = "--directed",
        description = "The first of a line follows the second, not both each other.")
    private boolean directed;

    @Option(
        names = "--posts-per-account",
        paramLabel = "N",
        defaultValue = "0",
        description = "Posts of each, spread over the last 14 days.")
    private int postsPerAccount;

    @Option(
        names = "--posts",
        paramLabel = "FILE",
        description = "A CSV file whose column \"text\" holds the posts' texts.")
    private Optional<Path> posts = Optional.empty();

    @Option(names = "--star", description = "Add the account \"star\", whom everyone follows.")
    private boolean star;

    @Option(
        names = "--password",
        paramLabel = "P",
        description = "Lets all these people sign in with this password.")
    private Optional<String> password = Optional.empty();

    @Option(
        names = "--prefix",
        paramLabel = "P",
        defaultValue = "n",
        description = "What handles begin with (default: n).")
    private String prefix = "n";

    @Option(names = "--json", description = "Print the result as one line of JSON.")
    private boolean json;

    @Override
    public void run() {
      if (postsPerAccount < 0 || !prefix.matches("[a-z][a-z0-9_]{0,10}")) {
        throw new io.freshet.platform.OperatorException(
            "--posts-per-account must not be negative, and --prefix needs 1 to 11 of a-z, 0-9 and _, beginning with a letter.");
      }
      long start = System.nanoTime();
      FreshetConfig config = parent.config();
      Town town = town();
      PrintWriter err = spec.commandLine().getErr();
      try (BulkTarget target = BulkTarget.open(config);
          ConsoleProgress progress = ConsoleProgress.on(err)) {
        BulkImport bulk =
            new BulkImport(
                target.database(),
                config.celebrity().threshold(),
                InstantSource.system(),
                progress);
        BulkImport.Result result = bulk.run(town);
        print(result, (System.nanoTime() - start) / 1e9);
      }
    }

    private Town town() {
      SocialGraph read = GraphFile.read(file, directed);
      SocialGraph graph = star ? read.withStar() : read;
      List<String> texts = posts.map(PostTexts::read).orElseGet(() -> PostTexts.madeUp(SEED));
      Optional<String> hash = password.map(new Passwords()::hash);
      return new Town(new Towns(SEED).peopleOf(graph, prefix, hash), graph, postsPerAccount, texts);
    }

    private void print(BulkImport.Result result, double seconds) {
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.MAPPER.writeValueAsString(result));
      } else {
        out.printf(
            "Imported %,d people, %,d follows and %,d posts in %.1f s; %,d authors are celebrities.%n",
            result.accounts(), result.follows(), result.posts(), seconds, result.celebrities());
      }
    }
  }
}
