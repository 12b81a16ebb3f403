package io.freshet.app.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.app.Progress;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.OperatorException;
import io.freshet.question.Hot;
import io.freshet.question.Wording;
import io.freshet.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuestionTownTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final int QUESTIONS = 600;

  private static Database database;
  private static QuestionTown.Result result;

  @BeforeAll
  static void write() {
    database = TestDatabase.open();
    database
        .jdbi()
        .useHandle(handle -> handle.execute("INSERT INTO tag (name) VALUES ('java'), ('mine')"));
    result = new QuestionTown(1, () -> NOW).write(database, QUESTIONS, Progress.SILENT);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void hasTheSizeThatWasAskedFor() {
    assertThat(result).isEqualTo(new QuestionTown.Result(60, 600, 6_000, 60, 12_000));
    assertThat(number("SELECT count(*) FROM account")).isEqualTo(60);
    assertThat(number("SELECT count(*) FROM post WHERE is_question")).isEqualTo(600);
    assertThat(number("SELECT count(*) FROM question")).isEqualTo(600);
    assertThat(number("SELECT count(*) FROM answer")).isEqualTo(6_000);
    assertThat(number("SELECT count(*) FROM vote")).isEqualTo(12_000);
    assertThat(number("SELECT count(*) FROM tag WHERE name <> 'mine'")).isEqualTo(60);
    assertThat(QuestionTown.isIn(database)).isTrue();
  }

  @Test
  void countsExactly() {
    assertThat(
            number(
                """
                SELECT count(*) FROM question_count c
                WHERE score <> (SELECT coalesce(sum(value), 0) FROM vote WHERE item_id = question_id)
                   OR answers <> (SELECT count(*) FROM answer a WHERE a.question_id = c.question_id)
                """))
        .isZero();
    assertThat(
            number(
                """
                SELECT count(*) FROM answer
                WHERE score <> (SELECT coalesce(sum(value), 0) FROM vote WHERE item_id = answer.id) OR NOT counted
                """))
        .isZero();
    assertThat(
            number(
                """
                SELECT count(*) FROM tag WHERE questions <> (SELECT count(*) FROM question_tag WHERE tag = name)
                                            OR questions <> (SELECT count(*) FROM question WHERE name = ANY (tags))
                """))
        .isZero();
    assertThat(number("SELECT count(*) FROM vote WHERE counted <> value")).isZero();
    assertThat(
            list(
                "SELECT question_id || ' ' || score || ' ' || answers || ' ' || hot FROM question_count"))
        .allSatisfy(row -> {
          String[] parts = row.split(" ");
          assertThat(Long.parseLong(parts[3]))
              .isEqualTo(
                  Hot.of(
                      Long.parseLong(parts[0]),
                      Integer.parseInt(parts[1]),
                      Integer.parseInt(parts[2])));
        });
  }

  @Test
  void refersToWhatIsThere() {
    for (String dangling :
        List.of(
            "SELECT count(*) FROM post p LEFT JOIN account a ON a.id = p.author_id WHERE a.id IS NULL",
            "SELECT count(*) FROM answer n LEFT JOIN account a ON a.id = n.author_id WHERE a.id IS NULL",
            "SELECT count(*) FROM answer n LEFT JOIN question q ON q.id = n.question_id WHERE q.id IS NULL",
            "SELECT count(*) FROM vote v LEFT JOIN account a ON a.id = v.voter_id WHERE a.id IS NULL",
            "SELECT count(*) FROM question q LEFT JOIN post p USING (id, author_id, tags) WHERE p.text IS DISTINCT FROM title",
            "SELECT count(*) FROM question JOIN answer ON answer.id = question.id",
            "SELECT count(*) FROM question_tag t LEFT JOIN tag ON tag.name = t.tag WHERE name IS NULL",
            """
            SELECT count(*) FROM vote JOIN (SELECT id, author_id FROM question UNION SELECT id, author_id FROM answer) i
                ON i.id = item_id AND i.author_id = voter_id
            """)) {
      assertThat(number(dangling)).as(dangling).isZero();
    }
  }

  @Test
  void isSpreadUnevenlyOverPeopleTagsAndTime() {
    assertThat(number("SELECT count(*) FROM question_count WHERE answers = 0"))
        .isBetween(30L, 150L);
    assertThat(number("SELECT max(answers) FROM question_count")).isGreaterThan(50);
    assertThat(number("SELECT count(*) FROM question_count WHERE score < 0")).isPositive();
    assertThat(number("SELECT max(questions) FROM tag"))
        .isGreaterThan(
            10 * number("SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY questions) FROM tag"));
    assertThat(number("SELECT count(*) FROM answer WHERE accepted")).isBetween(150L, 400L);
    long week = Ids.firstAt(NOW.minus(Duration.ofDays(7)));
    assertThat(number("SELECT count(*) FROM question WHERE id > " + week)).isEqualTo(60);
    assertThat(
            number(
                "SELECT max(greatest((SELECT max(id) FROM vote), (SELECT max(id) FROM answer), id)) FROM question"))
        .isLessThan(Ids.firstAt(NOW.plusMillis(1)));
    assertThat(
            number(
                "SELECT count(*) FROM answer a JOIN question q ON q.id = question_id WHERE a.id < q.id"))
        .isZero();
    assertThat(Ids.instantOf(number("SELECT min(id) FROM question")))
        .isBefore(NOW.minus(Duration.ofDays(700)));
  }

  @Test
  void asksWhatCouldBeAskedHere() {
    List<String> titles = list("SELECT title FROM question");
    assertThat(titles)
        .allSatisfy(
            title -> assertThat(new Wording(title, "b", List.of()).title()).isEqualTo(title));
    assertThat(titles.stream().distinct().count()).isGreaterThan(580);
    assertThat(titles).filteredOn(title -> title.matches(".*[а-я]{4}.*")).hasSizeBetween(40, 120);
    assertThat(list("SELECT name FROM tag"))
        .allSatisfy(tag -> assertThat(Wording.tag(tag)).isEqualTo(tag));
    assertThat(list("SELECT body FROM question UNION ALL SELECT body FROM answer"))
        .allSatisfy(body -> assertThat(body.length()).isBetween(100, 700));
    assertThat(number("SELECT max(cardinality(tags)) FROM question")).isEqualTo(5);
  }

  @Test
  void isTheSameForTheSameSeed() {
    try (Database other = TestDatabase.open()) {
      new QuestionTown(1, () -> NOW).write(other, QUESTIONS, Progress.SILENT);
      for (String table : List.of("question", "answer", "vote", "question_count", "question_tag")) {
        String sum = "SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM " + table + " t";
        assertThat(list(other, sum)).as(table).isEqualTo(list(sum));
      }
    }
  }

  @Test
  void leavesNothingHalfWritten() {
    long before = number("SELECT count(*) FROM vote");
    assertThatThrownBy(() -> new QuestionTown(1, () -> NOW).write(database, 100, Progress.SILENT))
        .isInstanceOf(OperatorException.class)
        .hasMessageStartingWith("No questions were made up: ");
    assertThat(number("SELECT count(*) FROM vote")).isEqualTo(before);
    assertThatThrownBy(() -> new QuestionTown(1, () -> NOW).write(database, 0, Progress.SILENT))
        .hasMessageContaining("from 1 to 1,000,000 questions");
  }

  private static long number(String query) {
    return Long.parseLong(list(query).getFirst());
  }

  private static List<String> list(String query) {
    return list(database, query);
  }

  private static List<String> list(Database of, String query) {
    return of.jdbi().withHandle(h -> h.createQuery(query).mapTo(String.class).list());
  }
}
