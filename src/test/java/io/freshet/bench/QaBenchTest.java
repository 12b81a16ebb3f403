package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.app.App;
import io.freshet.app.Progress;
import io.freshet.app.bulk.QuestionTown;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of questions at a size that takes moments. */
class QaBenchTest {
  private static final int QUESTIONS = 400;

  @TempDir private Path home = Path.of("");

  @Test
  void measuresEachKindOfRequest() throws Exception {
    QaBench bench = new QaBench();
    bench.requests = 4;
    bench.rounds = 1;
    bench.questions = QUESTIONS;
    FreshetConfig config = config();
    try (Database database = Database.open(config.database().url().orElseThrow(), 2)) {
      new QuestionTown(QaBench.SEED, InstantSource.system())
          .write(database, QUESTIONS, Progress.SILENT);
    }
    try (App app = App.serve(config, database -> {});
        HttpClient client = QaBench.client()) {
      QaSite site = new QaSite(app.httpPort().orElseThrow(), client);
      QaBench.Side side = bench.side(site, site);
      List<QaVerdict> verdicts = bench.compare(side, side);
      assertThat(verdicts)
          .extracting(QaVerdict::endpoint)
          .contains("new, deep page by number", "question", "its answers", "best members, cached");
      assertThat(verdicts)
          .allSatisfy(verdict -> assertThat(verdict.full().values()).hasSize(bench.requests));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      assertThat(bench.print(verdicts, new PrintStream(bytes, true, StandardCharsets.UTF_8)))
          .isZero();
      assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("unanswered, first page: p99");
    }
  }

  private FreshetConfig config() {
    return FreshetConfig.load(
        Map.of(
            "FRESHET_HOME", home.toString(),
            "FRESHET_HTTP_HOST", "127.0.0.1",
            "FRESHET_LIMITS_ENABLED", "false",
            "DATABASE_URL", TestDatabase.url(),
            "PORT", "0"),
        Map.of());
  }

  @Test
  void failsWhatTakesASecondAndMarksWhatGrows() {
    assertThat(verdict(1, 1).line()).endsWith("ok");
    assertThat(verdict(10, 14).line()).endsWith("ok");
    assertThat(verdict(10, 16).line()).endsWith("MARKED: p50 1.60 times, p99 1.60 times");
    assertThat(verdict(0.2, 0.6).line()).as("noise").endsWith("ok");
    assertThat(verdict(900, 1_001).line()).endsWith("FAILS: over 1 s");
    Samples once = new Samples(new double[] {1, 1, 9});
    assertThat(new QaVerdict("x", new Samples(new double[] {1, 1, 1}), once).line())
        .endsWith("MARKED: p99 9.00 times");
  }

  private static QaVerdict verdict(double tenth, double full) {
    return new QaVerdict("x", samples(tenth), samples(full));
  }

  private static Samples samples(double millis) {
    return Samples.of(Collections.nCopies(100, millis));
  }
}
