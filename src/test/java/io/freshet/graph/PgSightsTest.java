package io.freshet.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.graph.GraphException.Problem;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgSightsTest {
  private static final int PEOPLE = 5_003;

  private final Database database = TestDatabase.open();
  private final Jdbi jdbi = database.jdbi();
  private final MovableClock clock = new MovableClock();
  private final Outbox outbox = new Outbox(jdbi, new PgOutboxStore(jdbi, new Ids(clock, 1), clock));
  private final PgSights sights = new PgSights(outbox, clock);

  @BeforeEach
  void people() {
    execute(
        "INSERT INTO account (id, handle, first_name, created_at) SELECT n, 'n' || n, 'N', now() FROM generate_series(1, %d) n"
            .formatted(PEOPLE));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }

  /** Viewers who were told, each as often as they were. */
  private List<String> told() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT convert_from(body, 'UTF8') FROM outbox WHERE topic = ? ORDER BY id")
            .bind(0, SightChanged.TOPIC)
            .mapTo(String.class)
            .list());
  }

  private int count(String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one());
  }

  private static void assertProblem(Problem problem, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            GraphException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  @Test
  void tellsAViewerWhenAMuteEndsAndTakesItAway() {
    sights.mute(1, 2, Optional.of(clock.instant().plusSeconds(60)));
    sights.mute(1, 3, Optional.of(clock.instant().plusSeconds(90)));
    sights.mute(1, 4, Optional.empty());
    execute("DELETE FROM outbox");
    assertThat(sights.endTerms(10)).isFalse();
    assertThat(told()).isEmpty();
    clock.advance(Duration.ofSeconds(60));
    assertThat(sights.endTerms(10)).isTrue();
    assertThat(sights.endTerms(10)).isFalse();
    assertThat(told()).containsExactly("{\"viewer\":1}");
    assertThat(count("mute")).isEqualTo(2);
  }

  @Test
  void tellsAViewerWhenARestrictionEndsAndTakesItAway() {
    sights.restrict(1, 2, Optional.of(clock.instant().plusSeconds(90)));
    sights.restrict(1, 3, Optional.empty());
    sights.restrict(1, 4, Optional.of(clock.instant().plusSeconds(60)));
    // Another term takes the place of the first.
    sights.restrict(1, 3, Optional.of(clock.instant().plusSeconds(60)));
    sights.restrict(1, 4, Optional.empty());
    execute("DELETE FROM outbox");
    assertThat(sights.endTerms(10)).isFalse();
    clock.advance(Duration.ofSeconds(60));
    assertThat(sights.endTerms(10)).isTrue();
    assertThat(sights.endTerms(10)).isFalse();
    assertThat(told()).containsExactly("{\"viewer\":3}");
    assertThat(count("restriction")).isEqualTo(2);
  }

  @Test
  void letsNobodyMuteMoreThanTheCap() {
    execute(
        "INSERT INTO mute (viewer_id, author_id) SELECT 1, n FROM generate_series(2, %d) n"
            .formatted(Mutes.MAX_MUTES));
    sights.mute(1, 5_001, Optional.empty());
    assertProblem(Problem.TOO_MANY_MUTES, () -> sights.mute(1, 5_002, Optional.empty()));
    // Another term for one that is there is no more than before.
    sights.mute(1, 2, Optional.of(clock.instant()));
    sights.unmute(1, 3);
    sights.mute(1, 5_002, Optional.empty());
    assertThat(count("mute")).isEqualTo(Mutes.MAX_MUTES);
  }

  @Test
  void letsNobodyRestrictMoreThanTheCap() {
    execute(
        "INSERT INTO restriction (author_id, viewer_id) SELECT 1, n FROM generate_series(2, %d) n"
            .formatted(Restrictions.MAX_RESTRICTIONS + 1));
    assertProblem(Problem.TOO_MANY_RESTRICTIONS, () -> sights.restrict(1, 5_002, Optional.empty()));
    sights.restrict(1, 2, Optional.empty());
    sights.unrestrict(1, 3);
    sights.restrict(1, 5_002, Optional.empty());
    assertThat(count("restriction")).isEqualTo(Restrictions.MAX_RESTRICTIONS);
  }

  @Test
  void knowsNobodyWhoIsNot() {
    assertProblem(Problem.NO_SUCH_ACCOUNT, () -> sights.mute(1, 99_999, Optional.empty()));
    assertProblem(Problem.NO_SUCH_ACCOUNT, () -> sights.restrict(1, 99_999, Optional.empty()));
  }
}
