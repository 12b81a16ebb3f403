package io.freshet.cli;

import io.freshet.app.exchange.ExchangeImport;
import io.freshet.app.exchange.ExchangeImport.Result;
import io.freshet.app.exchange.Loss;
import io.freshet.app.exchange.Numbers;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code freshet import stackexchange DIR}. */
@Command(
    name = "stackexchange",
    description = {
      "Import the questions of a site of Stack Exchange from its dump, whether or not a server is running.",
      "DIR holds Posts.xml and, as far as you have them, Users.xml, Comments.xml, Votes.xml and Tags.xml; each plain or with .gz.",
      "What is there already is left alone: run it again after a fault, or with a newer dump. People get the handles <prefix><user> and cannot sign in; names that the dump lacks are invented.",
      "Bodies keep their HTML as far as it is harmless. There are no comments on answers here: they are left out."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples: freshet import stackexchange dumps/cooking",
      "          freshet import stackexchange dumps/travel --prefix travel"
    })
final class ImportStackExchangeCommand implements Runnable {
  @ParentCommand private ImportCommand parent = new ImportCommand();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The directory of the dump's files.")
  private Path directory = Path.of("");

  @Option(
      names = "--prefix",
      paramLabel = "P",
      defaultValue = "se",
      description = "What handles begin with (default: se); another word for each site.")
  private String prefix = "se";

  @Option(names = "--json", description = "Print the result as one line of JSON.")
  private boolean json;

  /** What is printed as JSON. */
  private record Printed(Numbers found, Numbers added, Map<String, Long> losses) {}

  @Override
  public void run() {
    if (!prefix.matches("[a-z][a-z0-9_]{1,10}")) {
      throw new OperatorException(
          "--prefix needs 2 to 11 of a-z, 0-9 and _, beginning with a letter.");
    }
    long start = System.nanoTime();
    try (BulkTarget target = BulkTarget.open(parent.config());
        ConsoleProgress progress = ConsoleProgress.on(spec.commandLine().getErr())) {
      Result result =
          new ExchangeImport(
                  directory, prefix, target.database(), InstantSource.system().instant(), progress)
              .run();
      print(result, (System.nanoTime() - start) / 1e9);
    }
  }

  private void print(Result result, double seconds) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Long> losses = new TreeMap<>();
      result.losses().forEach((loss, count) -> losses.put(loss.key(), count));
      out.println(
          Json.MAPPER.writeValueAsString(new Printed(result.found(), result.added(), losses)));
      return;
    }
    Numbers found = result.found();
    Numbers added = result.added();
    out.printf("The dump, and what of it is new here (%.1f s):%n", seconds);
    line("questions", found.questions(), added.questions());
    line("answers", found.answers(), added.answers());
    line("tags", found.tags(), added.tags());
    line("votes", found.votes(), added.votes());
    line("comments", found.comments(), added.comments());
    line("people", found.people(), added.people());
    for (Loss loss : Loss.values()) {
      long count = result.losses().getOrDefault(loss, 0L);
      if (count > 0) {
        out.printf("%,d %s%n", count, loss.text());
      }
    }
  }

  private void line(String what, long found, long added) {
    spec.commandLine().getOut().printf("  %-10s %,11d, %,d new%n", what, found, added);
  }
}
