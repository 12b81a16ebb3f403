package io.freshet.cli;

import io.freshet.account.Passwords;
import io.freshet.app.DemoAdministrator;
import io.freshet.app.DemoLife;
import io.freshet.app.DemoMail;
import io.freshet.app.DemoPictures;
import io.freshet.app.Progress;
import io.freshet.app.bulk.BulkImport;
import io.freshet.app.bulk.QuestionTown;
import io.freshet.app.bulk.Towns;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.OperatorException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code freshet demo}. */
@Command(
    name = "demo",
    description =
        "Serve a made-up town of 2,000 people, one of them a star whom all follow. It is made once and kept; somebody posts, likes, comments, shares or answers every few seconds while its page is open.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: freshet demo",
      "         PORT=9000 FRESHET_HOME=/tmp/town freshet demo",
      "         FRESHET_HOME=/tmp/town freshet demo --questions 100000"
    })
final class DemoCommand implements Runnable {
  private static final long SEED = 20_261_121;

  /** Enough for some pages of each list; made in a second. */
  private static final int QUESTIONS = 300;

  private static final String PASSWORD = "freshet-demo";

  /** Lowered so that the star is one; limits that nobody meets who only tries things out. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("celebrity.threshold", "1000"),
          Map.entry("http.host", "127.0.0.1"),
          Map.entry("limits.signedIn", "100000/5m"),
          Map.entry("limits.anonymous", "100000/5m"),
          Map.entry("limits.signUps", "1000/5m"),
          Map.entry("limits.signIns", "1000/5m"),
          Map.entry("limits.posts", "10000/5m"),
          Map.entry("limits.comments", "10000/5m"),
          Map.entry("limits.mail", "1000/5m"),
          Map.entry("mail.dev", "true"),
          Map.entry("limits.uploads", "1000/5m"),
          Map.entry("limits.downloads", "100000/5m"),
          Map.entry("limits.live", "100000/5m"));

  @ParentCommand private Freshet freshet = new Freshet(Map.of());
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--questions",
      paramLabel = "N",
      description =
          "Make up N questions instead of 300 (once), and for each ten of them 100 answers, 200 votes, a tag and a person: 100000 take some minutes.")
  private Optional<Integer> questions = Optional.empty();

  @Override
  public void run() {
    if (wanted() < 0 || wanted() > QuestionTown.MOST_QUESTIONS) {
      throw new OperatorException(
          "--questions must be from 0 to %,d.".formatted(QuestionTown.MOST_QUESTIONS));
    }
    FreshetConfig config = freshet.config(DEFAULTS);
    AtomicBoolean isNew = new AtomicBoolean();
    Serving.run(
        config,
        database -> isNew.set(makeOnce(config, database)),
        app -> {
          welcome(app.httpPort().orElseThrow());
          DemoLife.begin(app, Towns.GUIDE, isNew.get());
        });
  }

  private int wanted() {
    return questions.orElse(QUESTIONS);
  }

  /** Whether there was no town before. */
  private boolean makeOnce(FreshetConfig config, Database database) {
    try (ConsoleProgress progress = ConsoleProgress.on(spec.commandLine().getErr())) {
      boolean isNew = !BulkImport.knows(database, Towns.GUIDE);
      if (isNew) {
        new BulkImport(database, config.celebrity().threshold(), InstantSource.system(), progress)
            .run(new Towns(SEED).demo(Optional.of(new Passwords().hash(PASSWORD))));
        DemoPictures.make(config, database, Towns.GUIDE);
        DemoMail.make(database, Towns.GUIDE);
        DemoAdministrator.make(database, Towns.GUIDE, InstantSource.system());
      }
      if (!QuestionTown.isIn(database)) {
        ask(database, progress);
      } else if (questions.isPresent()) {
        spec.commandLine()
            .getErr()
            .println(
                "Questions were made up here before, and are kept. For another number of them set FRESHET_HOME to a new directory.");
      }
      return isNew;
    }
  }

  private void ask(Database database, Progress progress) {
    if (wanted() > 0) {
      QuestionTown town = new QuestionTown(SEED, InstantSource.system());
      QuestionTown.Result made = town.write(database, wanted(), progress);
      spec.commandLine()
          .getErr()
          .printf(
              "%,d questions, %,d answers, %,d votes, %,d tags, %,d people.%n",
              made.questions(), made.answers(), made.votes(), made.tags(), made.people());
    }
  }

  private void welcome(int port) {
    String address = "http://localhost:" + port;
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.println("  Freshet serves a demo town on " + address);
    out.println(
        "  Sign in as:   handle "
            + Towns.GUIDE
            + ", password "
            + PASSWORD
            + " (at first an administrator)");
    out.println("  Or as:        anybody whom " + Towns.GUIDE + " follows, with the same password");
    out.println("  Its API:      " + address + "/docs");
    out.println("  Its mails:    " + address + "/dev/mail (nothing is sent)");
    out.println("  Its metrics:  " + address + "/metrics (docs/metrics.md)");
    out.println(
        "  Try:          curl -s "
            + address
            + "/api/v1/sessions -H 'Content-Type: application/json' \\");
    out.println(
        "                  -d '{\"handle\":\""
            + Towns.GUIDE
            + "\",\"password\":\""
            + PASSWORD
            + "\"}'");
    out.println("  Go on:        README.md; Ctrl+C stops it, the data stays in FRESHET_HOME.");
    out.println();
  }
}
