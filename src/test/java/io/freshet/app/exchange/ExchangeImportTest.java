package io.freshet.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.app.Progress;
import io.freshet.app.exchange.ExchangeImport.Result;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.OperatorException;
import io.freshet.question.Hot;
import io.freshet.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeImportTest {
  @TempDir private Path home = Path.of("");

  private final Database database = TestDatabase.open();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void bringsInWhatTheDumpHoldsAndTellsWhatItLeavesOut() {
    Result result = Sites.bring(database, Sites.MADE_UP);
    assertThat(result.found()).isEqualTo(new Numbers(5, 3, 2, 4, 6, 2));
    assertThat(result.added()).isEqualTo(result.found());
    assertThat(result.losses())
        .isEqualTo(
            Map.of(
                Loss.COMMENTS_ON_ANSWERS, 1L,
                Loss.ANSWERS_WITHOUT_QUESTION, 1L,
                Loss.OTHER_VOTES, 2L,
                Loss.OTHER_POSTS, 1L));
    assertThat(Sites.miscounted(database)).isEmpty();
  }

  @Test
  void givesEachTextTheTimeAndTheAuthorOfTheSite() {
    Sites.bring(database, Sites.MADE_UP);
    assertThat(
            list(
                """
                SELECT handle || ': ' || title || ' ' || question.version || ' ' || question.edited_at::timestamptz(0)
                FROM question JOIN account ON account.id = author_id WHERE question.edited_at IS NOT NULL
                """))
        .singleElement()
        .asString()
        .startsWith("se7: Why is my dough wet? 2 2018-03-13 ");
    assertThat(list("SELECT handle FROM question JOIN account ON account.id = author_id"))
        .containsExactlyInAnyOrder("se7", "se_community", "se_p7");
    assertThat(list("SELECT concat_ws('/', first_name, last_name, city, biography) FROM account"))
        .contains("Ada/de Bakker/Gent/I bake.", "User/Gone//", "Community///")
        .noneMatch(name -> name.startsWith("Never"));
    long id = number("SELECT id FROM post WHERE text LIKE 'Why is%' AND is_question");
    assertThat(Ids.instantOf(id)).isEqualTo("2018-03-12T17:00:45.567Z");
    assertThat(list("SELECT password_hash FROM account WHERE password_hash IS NOT NULL")).isEmpty();
    assertThat(list("SELECT min(created_at)::text FROM account").getFirst())
        .startsWith("2018-03-01");
  }

  @Test
  void keepsBodiesAsHarmlessHtml() {
    Sites.bring(database, Sites.MADE_UP);
    assertThat(list("SELECT body FROM question WHERE format = 'html' AND title LIKE 'Why%'"))
        .containsExactly("<p>My dough is wet.</p>\n<p>What to do?</p>");
    assertThat(list("SELECT text FROM comment ORDER BY id"))
        .containsExactly("Which flour?", "Rye & wheat.");
  }

  @Test
  void countsVotesAnswersViewsAndTags() {
    Sites.bring(database, Sites.MADE_UP);
    String one = "(SELECT id FROM question WHERE title LIKE 'Why%')";
    assertThat(
            list(
                "SELECT concat_ws(' ', score, answers, views) FROM question_count WHERE question_id = "
                    + one))
        .containsExactly("1 2 120");
    long id = number("SELECT " + one);
    assertThat(number("SELECT hot FROM question_count WHERE question_id = " + id))
        .isEqualTo(Hot.of(id, 1, 2));
    assertThat(list("SELECT score || ' ' || accepted FROM answer ORDER BY id"))
        .containsExactly("-1 false", "2 true");
    assertThat(list("SELECT name || ' ' || questions FROM tag ORDER BY name COLLATE \"C\""))
        .containsExactly("bread 2", "c++ 1", "cake 0", "rye 1");
    assertThat(list("SELECT array_to_string(tags, ' ') FROM post ORDER BY id"))
        .containsExactly("bread c++", "bread rye", "");
    assertThat(list("SELECT count(*) FROM vote WHERE id < item_id"))
        .as("votes older than what they are for")
        .containsExactly("0");
  }

  @Test
  void changesNothingTheSecondTime() {
    Sites.bring(database, Sites.MADE_UP);
    List<String> first = Sites.everything(database);
    Result again = Sites.bring(database, Sites.MADE_UP);
    assertThat(again.added()).isEqualTo(Numbers.NONE);
    assertThat(again.found()).isEqualTo(new Numbers(5, 3, 2, 4, 6, 2));
    assertThat(Sites.everything(database)).isEqualTo(first);
  }

  @Test
  void completesWhatWasBrokenOffAnywhere() {
    Sites.bring(database, Sites.MADE_UP);
    List<String> whole = Sites.everything(database);
    int broken = 0;
    for (int moment = 1; ; moment += 5) {
      try (Database other = TestDatabase.open()) {
        boolean ended = endsBefore(other, moment);
        Sites.bring(other, Sites.MADE_UP);
        assertThat(Sites.everything(other)).as("broken off at %d", moment).isEqualTo(whole);
        if (ended) {
          break;
        }
        broken++;
      }
    }
    assertThat(broken).isGreaterThan(5);
  }

  /** Whether an import of one row a transaction came to its end before so many statements. */
  private static boolean endsBefore(Database database, int moment) {
    int[] statements = {0};
    database
        .jdbi()
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logBeforeExecution(StatementContext context) {
                if (++statements[0] == moment) {
                  throw new IllegalStateException("killed");
                }
              }
            });
    try {
      new ExchangeImport(Sites.MADE_UP, "se", database, Sites.NOW, Progress.SILENT, 1).run();
      return true;
    } catch (IllegalStateException killed) {
      return false;
    } finally {
      database.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    }
  }

  @Test
  void leavesAloneWhatPeopleDidHereMeanwhile() {
    Sites.bring(database, Sites.MADE_UP);
    execute("UPDATE question SET title = 'Dough' WHERE title LIKE 'Why%'");
    execute("UPDATE answer SET accepted = false, body = 'Mine'");
    execute("DELETE FROM vote WHERE voter_id = -1");
    execute("UPDATE question_count SET score = score - 1 WHERE answers = 2");
    execute("INSERT INTO vote SELECT id, 5, 7, 1, 1 FROM question WHERE title = 'Dough'");
    execute("UPDATE question_count SET score = score + 1 WHERE answers = 2");
    Result again = Sites.bring(database, Sites.MADE_UP);
    assertThat(again.added()).isEqualTo(new Numbers(0, 0, 0, 0, 1, 0));
    assertThat(Sites.miscounted(database)).isEmpty();
    assertThat(number("SELECT count(*) FROM question WHERE title = 'Dough'")).isOne();
  }

  @Test
  void doesNotBringBackWhatWasDeletedHere() {
    Sites.bring(database, Sites.MADE_UP);
    String one = "(SELECT id FROM question WHERE title LIKE 'Why%')";
    execute("UPDATE post SET deleted_at = now() WHERE id = " + one);
    execute("DELETE FROM question_count WHERE question_id = " + one);
    execute("DELETE FROM vote WHERE item_id = " + one);
    execute("DELETE FROM comment");
    execute("DELETE FROM question_tag WHERE question_id = " + one);
    Result again = Sites.bring(database, Sites.MADE_UP);
    assertThat(again.added()).isEqualTo(Numbers.NONE);
    assertThat(again.losses()).containsEntry(Loss.ON_DELETED, 2L + 3 + 2);
    assertThat(number("SELECT count(*) FROM comment")).isZero();
  }

  @Test
  void knowsPeopleAgainOfWhomAnEarlierDumpToldLess() throws IOException {
    Files.copy(Sites.MADE_UP.resolve("Posts.xml"), home.resolve("Posts.xml"));
    Result first = Sites.bring(database, home);
    Result whole = Sites.bring(database, Sites.MADE_UP);
    assertThat(whole.added().questions()).isZero();
    assertThat(whole.added().people()).isEqualTo(whole.found().people() - first.found().people());
    assertThat(Sites.miscounted(database)).isEmpty();
  }

  @Test
  void givesNobodyTheWordsOfAnother() {
    Sites.bring(database, Sites.MADE_UP);
    long ofAServer = Ids.firstAt(Sites.NOW);
    long ofAnOlderSite = DumpIds.of(Ids.FIRST, 7);
    for (long id : List.of(ofAServer, ofAnOlderSite)) {
      execute(
          "INSERT INTO account (id, handle, first_name, created_at) VALUES (%d, 'te7', 'T', now())"
              .formatted(id));
      assertThatThrownBy(() ->
              new ExchangeImport(Sites.MADE_UP, "te", database, Sites.NOW, Progress.SILENT).run())
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("te7 belongs to somebody else")
          .hasMessageContaining("--prefix");
      execute("DELETE FROM account WHERE handle = 'te7'");
    }
  }

  @Test
  void readsTheOneFileThatHasToBe() throws IOException {
    Files.copy(Sites.MADE_UP.resolve("Posts.xml"), home.resolve("Posts.xml"));
    assertThat(Sites.bring(database, home).found()).isEqualTo(new Numbers(5, 3, 2, 3, 0, 0));
    assertThat(list("SELECT handle FROM account WHERE first_name = ''")).isEmpty();
  }

  @Test
  void saysWhereTheDumpIsWrong() throws IOException {
    assertThatThrownBy(() -> Sites.bring(database, home))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("There is no Posts.xml or Posts.xml.gz in " + home);
    refuses("<posts>\n<row Id='1' PostTypeId='1' CreationDate='soon'/></posts>", "line 2", "soon");
    refuses("<posts>\n\n<row Id='1' PostTypeId='1'/></posts>", "line 3", "it has no CreationDate");
    refuses("<posts>\n<row Id='x'", "line 2", "it is no XML");
    refuses(
        "<posts><row Id='1' PostTypeId='2' ParentId='1' CreationDate='2001-01-01T00:00:00'/></posts>",
        "line 1",
        "older than 2008");
    refuses(
        "<posts><row Id='1' PostTypeId='1' CreationDate='2026-11-22T00:00:00.001'/></posts>",
        "line 1",
        "yet to come");
    String twice = "<row Id='1' PostTypeId='1' CreationDate='2018-01-01T00:00:00'/>\n";
    refuses("<posts>\n" + twice + twice + "</posts>", "line 3", "a post with the Id 1 before it");
    assertThat(Sites.everything(database)).isEmpty();
  }

  @Test
  void opensNoFileThatADumpNames() throws IOException {
    Path secret = Files.writeString(home.resolve("secret"), "hush");
    String entity = "<!DOCTYPE posts [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>\n";
    refuses(
        entity
            + "<posts><row Id='1' PostTypeId='1' CreationDate='2018-01-01T00:00:00' Title='t' Body='b'/>&x;</posts>",
        "line",
        "DOCTYPE");
  }

  @Test
  void cutsWhatIsTooLong() throws IOException {
    Files.writeString(
        home.resolve("Posts.xml"),
        "<posts><row Id='1' PostTypeId='1' CreationDate='2018-01-01T00:00:00' OwnerUserId='1' Title='%s' Body='%s' Tags='&lt;a&gt;&lt;b c&gt;'/></posts>"
            .formatted(
                "t".repeat(200), "&lt;p&gt;&lt;b&gt;many words&lt;/b&gt;&lt;/p&gt;".repeat(5_000)));
    Result result = Sites.bring(database, home);
    assertThat(result.losses())
        .isEqualTo(Map.of(Loss.TITLES_CUT, 1L, Loss.BODIES_CUT, 1L, Loss.TAGS, 1L));
    assertThat(number("SELECT length(title) FROM question")).isEqualTo(150);
    assertThat(number("SELECT length(body) FROM question")).isBetween(20_000L, 30_000L);
    assertThat(list("SELECT body FROM question").getFirst()).endsWith("</p>").contains("…");
  }

  private void refuses(String posts, String... parts) throws IOException {
    Path file = Files.writeString(home.resolve("Posts.xml"), posts);
    assertThatThrownBy(() -> Sites.bring(database, home))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(parts);
  }

  private List<String> list(String query) {
    return Sites.list(database, query);
  }

  private long number(String query) {
    return Sites.number(database, query);
  }

  private void execute(String sql) {
    database.jdbi().useHandle(handle -> handle.execute(sql));
  }
}
