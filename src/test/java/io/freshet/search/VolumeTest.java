package io.freshet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many questions: pages are complete, plans use the indexes, and nothing lasts. */
class VolumeTest {
  private static final int QUESTIONS = 20_000;
  private static final long[] NOBODY = {};

  private static Library library;

  /**
   * Every question says common, one in 7 often, one in 500 seldom; every third in a longer title.
   */
  @BeforeAll
  static void fill() {
    library = new Library();
    library.execute(
        "INSERT INTO post (id, author_id, text, is_question) SELECT g, 1, 't', true FROM generate_series(1, ?) g",
        QUESTIONS);
    library.execute(
        """
        INSERT INTO question (id, author_id, title, body)
        SELECT g, 1, said || CASE WHEN g % 3 = 0 THEN ' among other words ' ELSE ' ' END || g, said
        FROM generate_series(1, ?) g,
             concat('common', CASE WHEN g % 7 = 0 THEN ' often' END, CASE WHEN g % 500 = 0 THEN ' seldom thing' END) said
        """,
        QUESTIONS);
    library.execute(
        """
        INSERT INTO account (id, handle, first_name, last_name, created_at)
        SELECT g, 'person' || g, substr(md5(cast(g AS text)), 1, 6), 'Doe', now() FROM generate_series(2, 5000) g
        """);
    library.execute(
        "INSERT INTO tag SELECT md5(cast(g AS text)), g FROM generate_series(1, 5000) g");
    library.execute("ANALYZE");
  }

  @AfterAll
  static void close() {
    library.close();
  }

  private static List<Long> walk(String text, int limit) {
    List<Long> walked = new ArrayList<>();
    Optional<Bookmark> from = Optional.empty();
    do {
      Hits<FoundQuestion> page = library.searches().questions(text, NOBODY, from, limit);
      assertThat(page.items().size()).isLessThanOrEqualTo(limit);
      page.items().forEach(hit -> walked.add(hit.id().value()));
      // As a cursor carries it.
      from = page.next().map(Bookmark::keys).map(Bookmark::of);
    } while (from.isPresent());
    return walked;
  }

  private static List<Long> every(int nth) {
    return LongStream.rangeClosed(1, QUESTIONS).filter(id -> id % nth == 0).boxed().toList();
  }

  @Test
  void givesEachHitOnceHoweverManyThereAre() {
    assertThat(walk("seldom", 7)).doesNotHaveDuplicates().hasSameElementsAs(every(500));
    assertThat(walk("often", 97)).doesNotHaveDuplicates().hasSameElementsAs(every(7));
    assertThat(walk("common", 2_000)).doesNotHaveDuplicates().hasSize(QUESTIONS);
    assertThat(walk("\"seldom thing\"", 20)).doesNotHaveDuplicates().hasSize(40);
    assertThat(walk("-common", 20)).isEmpty();
    assertThat(walk("-often", 3_000)).doesNotHaveDuplicates().hasSize(QUESTIONS - every(7).size());
  }

  @Test
  void givesTheBestOfTheNewestFirstAndThenAllByAge() {
    List<Long> walked = walk("often", 100);
    List<Long> newest = every(7).reversed();
    List<Long> ranked = new ArrayList<>(newest.subList(0, Ranking.RANKED));
    assertThat(walked.subList(0, Ranking.RANKED)).hasSameElementsAs(ranked).isNotEqualTo(ranked);
    assertThat(walked.getFirst() % 3).isNotZero();
    assertThat(walked.get(Ranking.RANKED - 1) % 3).isZero();
    assertThat(walked.subList(Ranking.RANKED, walked.size()))
        .isEqualTo(newest.subList(Ranking.RANKED, newest.size()));
  }

  /** If it began at the first hit, a later page would look further down than the first one did. */
  @Test
  void looksThroughTheSameRowsForEachPage() {
    Hits<FoundQuestion> first = library.searches().questions("often", NOBODY, Optional.empty(), 10);
    assertThat(Library.ids(first)).doesNotContain((long) QUESTIONS);
    assertThat(first.next())
        .hasValueSatisfying(next -> assertThat(next.top()).isEqualTo(QUESTIONS));
  }

  @Test
  void letsNothingThatIsNewDisturbWhoTurnsPages() {
    List<Long> before = walk("seldom", 10);
    Hits<FoundQuestion> first =
        library.searches().questions("seldom", NOBODY, Optional.empty(), 10);
    long added = QUESTIONS + 1;
    library.execute("INSERT INTO post (id, author_id, text) VALUES (?, 1, '')", added);
    library.execute(
        "INSERT INTO question (id, author_id, title, body) VALUES (?, 1, 'seldom seldom', '')",
        added);
    try {
      Hits<FoundQuestion> second = library.searches().questions("seldom", NOBODY, first.next(), 10);
      assertThat(Library.ids(second)).isEqualTo(before.subList(10, 20));
    } finally {
      library.execute("DELETE FROM question WHERE id = ?", added);
    }
  }

  /** What the statements of a search are planned to do. */
  private static String plans(Runnable search) {
    List<String> asked = new CopyOnWriteArrayList<>();
    library.jdbi().setSqlLogger(new Listener(asked));
    try {
      search.run();
    } finally {
      library.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    }
    return library
        .jdbi()
        .inTransaction(handle -> {
          // As searches do it; these tables are so small that to read them as a whole may be as
          // quick.
          handle.execute(asked.getFirst());
          return asked.stream()
              .skip(1)
              .map(sql -> plan(handle, sql))
              .collect(Collectors.joining("\n\n"));
        });
  }

  private static String plan(Handle handle, String sql) {
    return String.join("\n", handle.createQuery("EXPLAIN " + sql).mapTo(String.class).list());
  }

  /** Hears statements with what is bound to them. */
  private record Listener(List<String> heard) implements SqlLogger {
    @Override
    public void logAfterExecution(StatementContext context) {
      String statement = String.valueOf(context.getStatement());
      heard.add(statement.substring(statement.indexOf("wrapping ") + "wrapping ".length()));
    }
  }

  @Test
  void looksUpInTheIndexWhatIsRare() {
    assertThat(plans(() -> library.questions("seldom")))
        .contains("Bitmap Index Scan on question_words")
        .doesNotContain("Seq Scan on question ");
  }

  @Test
  void walksOverTheNewestToMeetWhatIsFrequent() {
    assertThat(plans(() -> library.questions("common")))
        .contains("Index Scan Backward using question_pkey")
        .doesNotContain("Scan on question_words")
        .doesNotContain("Seq Scan on question ");
  }

  @Test
  void findsPeopleAndTagsByTheirIndexes() {
    assertThat(plans(() -> library.people("person777")))
        .contains("Bitmap Index Scan on account_name_words")
        .doesNotContain("Seq Scan on question ");
    assertThat(plans(() -> library.people("persn777x")))
        .contains("<%")
        .contains("Bitmap Index Scan on account_name_words");
    assertThat(plans(() -> library.tags("b6d7"))).contains("Bitmap Index Scan on tag_name");
  }

  @Test
  void suggestsByTheIndexes() {
    assertThat(plans(() -> library.searches().suggest("seldo", NOBODY)))
        .contains("Bitmap Index Scan on question_title_words")
        .contains("Bitmap Index Scan on account_name_words")
        .contains("tag_prefix")
        .doesNotContain("Seq Scan on question ");
  }

  @Test
  void givesUpOnASearchThatLasts() {
    // A handle of its own: the search would join a transaction of this thread.
    try (Handle lock = library.jdbi().open()) {
      lock.begin();
      lock.execute("LOCK TABLE question IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(() -> library.questions("common"))
          .isInstanceOfSatisfying(
              SearchException.class,
              e -> assertThat(e.problem()).isEqualTo(SearchException.Problem.TOO_SLOW));
      lock.rollback();
    }
    assertThat(library.questions("common")).hasSize(20);
  }
}
