package io.freshet.app.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.app.Progress;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.OperatorException;
import io.freshet.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BulkImportTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Towns TOWNS = new Towns(1);

  private final Database database = TestDatabase.open();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void writesPeopleFollowsAndPosts() {
    BulkImport.Result result = run(town(30, 4));
    assertThat(result).isEqualTo(new BulkImport.Result(31, 60, 124, 1));
    assertThat(number("SELECT count(*) FROM account")).isEqualTo(31);
    assertThat(number("SELECT count(*) FROM follow")).isEqualTo(60);
    assertThat(number("SELECT count(*) FROM post")).isEqualTo(124);
  }

  @Test
  void countsExactly() {
    run(town(30, 0));
    assertThat(
            number(
                """
                SELECT count(*) FROM account LEFT JOIN follow_count ON account_id = id
                WHERE followers IS DISTINCT FROM (SELECT count(*) FROM follow WHERE followee_id = id)
                   OR followees IS DISTINCT FROM (SELECT count(*) FROM follow WHERE follower_id = id)
                """))
        .isZero();
  }

  @Test
  void pullsAuthorsFromTheThresholdOn() {
    run(town(30, 0));
    assertThat(
            text(
                "SELECT string_agg(handle, ',') FROM account JOIN follow_count ON account_id = id WHERE pulled = 'yes'"))
        .isEqualTo("star");
    assertThat(
            text(
                """
                SELECT string_agg(convert_from(body, 'UTF8'), ',') FROM outbox WHERE topic = 'pull-changed'
                """))
        .as("what tells the processes that run already")
        .isEqualTo(
            text(
                """
                SELECT format('{"author":%s,"flips":1}', account_id) FROM follow_count WHERE flips = 1
                """));
  }

  @Test
  void spreadsPostsOverThePastAndAmongAuthors() {
    run(town(30, 40));
    List<Long> ids =
        database
            .jdbi()
            .withHandle(
                h -> h.createQuery("SELECT id FROM post ORDER BY id").mapTo(Long.class).list());
    assertThat(Ids.instantOf(ids.getFirst())).isAfter(NOW.minus(Duration.ofDays(15)));
    assertThat(Ids.instantOf(ids.getLast())).isBefore(NOW);
    assertThat(Duration.between(Ids.instantOf(ids.getFirst()), Ids.instantOf(ids.getLast())))
        .isGreaterThan(Duration.ofDays(13));
    assertThat(
            number(
                "SELECT count(DISTINCT author_id) FROM (SELECT author_id FROM post ORDER BY id DESC LIMIT 31) newest"))
        .isEqualTo(31);
    assertThat(
            number(
                "SELECT count(*) FROM post p JOIN account a ON a.id = author_id WHERE p.id < a.id"))
        .isZero();
  }

  @Test
  void keepsTextsWithEveryKindOfCharacter() {
    String text = "tab\t, line\nend, back\\slash \\N, \"quotes\" and \uD83D\uDE00";
    SocialGraph graph = graph(1);
    run(new Town(TOWNS.peopleOf(graph, "n", Optional.empty()), graph, 1, List.of(text)));
    assertThat(text("SELECT min(text) FROM post")).isEqualTo(text);
  }

  @Test
  void importsNothingWhenSomebodyIsThereAlready() {
    run(town(5, 1));
    assertThatThrownBy(() -> run(town(9, 1)))
        .isInstanceOf(OperatorException.class)
        .hasMessageStartingWith("Nothing was imported")
        .hasMessageNotContaining("\n");
    assertThat(number("SELECT count(*) FROM account")).isEqualTo(6);
    assertThat(number("SELECT count(*) FROM post")).isEqualTo(6);
  }

  @Test
  void drawsRisingIdsHoweverDenseTheyAre() {
    for (long count : new long[] {1, 1_000, 10_000, 159_999}) {
      PastIds ids = PastIds.over(NOW, Duration.ofSeconds(10), count, 3);
      for (long i = 1; i < count; i++) {
        assertThat(ids.id(i)).isGreaterThan(ids.id(i - 1));
      }
      assertThat(Ids.instantOf(ids.id(count - 1))).isBefore(NOW.plusSeconds(10));
    }
  }

  @Test
  void makesTheSameDemoTownFromTheSameSeed() {
    Town town = new Towns(5).demo(Optional.empty());
    assertThat(new Towns(5).demo(Optional.empty()).people()).isEqualTo(town.people());
    assertThat(town.people()).hasSize(2_000);
    assertThat(new HashSet<>(town.people().stream().map(Person::handle).toList())).hasSize(2_000);
    assertThat(town.people().getFirst().handle()).isEqualTo(Towns.GUIDE);
    int[] followers = town.graph().followers();
    assertThat(followers[1_999]).isEqualTo(1_999);
    assertThat(followers[3]).isGreaterThan(8 * Math.max(1, followers[1_500]));
  }

  private BulkImport.Result run(Town town) {
    return new BulkImport(database, 25, InstantSource.fixed(NOW), Progress.SILENT).run(town);
  }

  /** A ring, and the star. */
  private static Town town(int people, int posts) {
    SocialGraph graph = graph(people).withStar();
    return new Town(
        TOWNS.peopleOf(graph, "n", Optional.empty()), graph, posts, List.of("one", "two"));
  }

  private static SocialGraph graph(int people) {
    SocialGraph.Builder ring = new SocialGraph.Builder();
    for (int i = 0; i < people; i++) {
      ring.index(i);
    }
    for (int i = 0; i < people; i++) {
      ring.addIndexed(i, (i + 1) % people);
    }
    return ring.build();
  }

  private long number(String sql) {
    return Long.parseLong(text(sql));
  }

  private String text(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }
}
