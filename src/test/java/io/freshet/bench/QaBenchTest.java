package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.app.App;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
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
  void writesATownWhoseCountersSayWhatItsRowsSay() throws SQLException {
    try (Database database = TestDatabase.open()) {
      new QaTown(database, InstantSource.system().instant()).write(QUESTIONS);
      assertThat(number(database, "SELECT count(*) FROM question")).isEqualTo(QUESTIONS);
      assertThat(number(database, "SELECT count(*) FROM answer")).isEqualTo(QUESTIONS * 10);
      assertThat(number(database, "SELECT count(*) FROM vote")).isEqualTo(QUESTIONS * 20);
      assertThat(number(database, "SELECT count(*) FROM question_count WHERE answers = 0"))
          .isPositive();
      for (String wrong :
          List.of(
              """
              SELECT count(*) FROM question_count c
              WHERE score <> (SELECT coalesce(sum(counted), 0) FROM vote WHERE item_id = question_id)
                OR answers <> (SELECT count(*) FROM answer a WHERE a.question_id = c.question_id)
              """,
              """
              SELECT count(*) FROM answer
              WHERE score <> (SELECT coalesce(sum(counted), 0) FROM vote WHERE item_id = answer.id)
              """,
              """
              SELECT count(*) FROM tag
              WHERE questions <> (SELECT count(*) FROM question_tag WHERE tag = name)
              """,
              """
              SELECT count(*) FROM question q
              WHERE cardinality(tags) <> (SELECT count(*) FROM question_tag t WHERE t.question_id = q.id)
              """,
              "SELECT count(*) FROM vote v WHERE NOT EXISTS (SELECT FROM answer WHERE id = item_id)"
                  + " AND NOT EXISTS (SELECT FROM question WHERE id = item_id)")) {
        assertThat(number(database, wrong)).as(wrong).isZero();
      }
    }
  }

  @Test
  void measuresEachKindOfRequest() throws Exception {
    QaBench bench = new QaBench();
    bench.requests = 4;
    bench.rounds = 1;
    bench.questions = QUESTIONS;
    FreshetConfig config = config();
    try (Database database = Database.open(config.database().url().orElseThrow(), 2)) {
      new QaTown(database, InstantSource.system().instant()).write(QUESTIONS);
    }
    try (App app = App.serve(config, database -> {});
        HttpClient client = QaBench.client()) {
      QaBench.Side side = bench.side(app.httpPort().orElseThrow(), client, QUESTIONS);
      List<QaVerdict> verdicts = bench.compare(side, side);
      assertThat(verdicts)
          .extracting(QaVerdict::endpoint)
          .contains("new, deep page by number", "question", "its answers", "best members, cached");
      assertThat(verdicts)
          .allSatisfy(verdict -> assertThat(verdict.full().values()).hasSize(bench.requests));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      assertThat(bench.print(verdicts, new PrintStream(bytes, true, StandardCharsets.UTF_8))).isZero();
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

  private static long number(Database database, String sql) {
    return database
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
