package io.freshet.cli;

import io.freshet.app.csv.PostColumns;
import io.freshet.app.csv.PostsImport;
import io.freshet.platform.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code freshet import posts FILE}. */
@Command(
    name = "posts",
    description = {
      "Import posts from a CSV file, in one transaction, whether or not a server is running.",
      "The first row names the columns: handle (of the author), text, and if there is one created_at (else the posts are of now); the options name others.",
      "A second run adds nothing twice: a post is known by its author, time and key, or text where there is no key column; without a time by author and text.",
      "Hashtags and mentions work; nobody is notified."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples: freshet import posts posts.csv --key-column id",
      "          freshet import posts posts.csv.gz --author-column user --time-format 'M/d/yy H:mm' --new-people"
    })
final class ImportPostsCommand implements Runnable {
  @ParentCommand private ImportCommand parent = new ImportCommand();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The posts; plain or with gzip.")
  private Path file = Path.of("");

  @Option(
      names = "--author-column",
      paramLabel = "C",
      defaultValue = "handle",
      description = "The column with the author's handle (default: handle).")
  private String author = "handle";

  @Option(
      names = "--text-column",
      paramLabel = "C",
      defaultValue = "text",
      description = "The column with the text (default: text).")
  private String text = "text";

  @Option(
      names = "--time-column",
      paramLabel = "C",
      defaultValue = "created_at",
      description = "The column with the time (default: created_at).")
  private String time = "created_at";

  @Option(
      names = "--key-column",
      paramLabel = "C",
      description = "The column that tells posts of one author and time apart.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--time-format",
      paramLabel = "F",
      description =
          "How times are written, in letters of Java's DateTimeFormatter (default: ISO 8601). Times without a zone are UTC.")
  private Optional<String> timeFormat = Optional.empty();

  @Option(names = "--new-people", description = "Create authors who are not here.")
  private boolean newPeople;

  @Option(names = "--json", description = "Print the result as one line of JSON.")
  private boolean json;

  @Override
  public void run() {
    PostColumns columns = PostColumns.of(author, text, time, key, timeFormat);
    PostsImport.Result result;
    try (BulkTarget target = BulkTarget.open(parent.config());
        ConsoleProgress progress = ConsoleProgress.on(spec.commandLine().getErr())) {
      result =
          new PostsImport(target.database(), columns, newPeople, InstantSource.system(), progress)
              .run(file);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.MAPPER.writeValueAsString(result));
    } else {
      out.printf(
          "%,d posts in the file, %,d of them new; %,d authors are new.%n",
          result.found(), result.added(), result.people());
    }
  }
}
