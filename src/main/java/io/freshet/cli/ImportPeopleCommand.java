package io.freshet.cli;

import io.freshet.app.csv.PeopleImport;
import io.freshet.graph.CelebrityRule;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code freshet import people FILE}. */
@Command(
    name = "people",
    description = {
      "Import people from a CSV file, in one transaction, whether or not a server is running.",
      "The first row names the columns: handle, and as far as there are such first_name, last_name, city, biography, follows (handles with blanks between).",
      "Whom they follow is in the file too, or here already. Who is here already is left alone. Nobody of them can sign in."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: freshet import people people.csv.gz"})
final class ImportPeopleCommand implements Runnable {
  @ParentCommand private ImportCommand parent = new ImportCommand();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The people; plain or with gzip.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Print the result as one line of JSON.")
  private boolean json;

  @Override
  public void run() {
    FreshetConfig config = parent.config();
    CelebrityRule rule =
        new CelebrityRule(config.celebrity().threshold(), config.celebrity().keepShare());
    PeopleImport.Result result;
    try (BulkTarget target = BulkTarget.open(config);
        ConsoleProgress progress = ConsoleProgress.on(spec.commandLine().getErr())) {
      result =
          new PeopleImport(target.database(), rule, InstantSource.system(), progress).run(file);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.MAPPER.writeValueAsString(result));
    } else {
      out.printf(
          "%,d people in the file, %,d of them new; they follow others %,d times.%n",
          result.found(), result.added(), result.follows());
    }
  }
}
