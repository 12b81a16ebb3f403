package io.freshet.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.testkit.TestDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What only a real database with many connections shows. */
class PgGraphStoreTest {
  private static final CelebrityRule RULE = new CelebrityRule(100_000, 0.9);
  private static Database database;
  private static PgGraphStore graph;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
    InstantSource clock = InstantSource.system();
    PgOutboxStore store = new PgOutboxStore(database.jdbi(), new Ids(clock, 0), clock);
    graph = new PgGraphStore(database.jdbi(), new Outbox(database.jdbi(), store), clock);
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "INSERT INTO account (id, handle, first_name, created_at) SELECT i, 'u' || i, 'U', now() FROM generate_series(1, 30) i"));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void keepsCountersEqualToTheRowsUnderConcurrentChanges() throws Exception {
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Random random = new Random(i);
        all.add(people.submit(() -> change(random, 200)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    for (long account = 1; account <= 8; account++) {
      FollowCounts counts = graph.counts(account);
      assertThat(graph.followersBelow(account, Long.MAX_VALUE, 100)).hasSize(counts.followers());
      assertThat(graph.followeesBelow(account, Long.MAX_VALUE, 100)).hasSize(counts.followees());
    }
  }

  private static void change(Random random, int changes) {
    for (int i = 0; i < changes; i++) {
      long one = 1L + random.nextInt(8);
      long other = 1 + (one + random.nextInt(7)) % 8;
      if (one != other) {
        if (random.nextBoolean()) {
          graph.follow(one, other, 5_000, RULE);
        } else {
          graph.unfollow(one, other, RULE);
        }
      }
    }
  }

  @Test
  void refusesOneFolloweeTooMany() {
    graph.follow(20, 21, 2, RULE);
    graph.follow(20, 22, 2, RULE);
    assertProblem(GraphException.Problem.TOO_MANY_FOLLOWEES, () -> graph.follow(20, 23, 2, RULE));
    graph.follow(20, 22, 2, RULE);
    assertThat(graph.counts(20).followees()).isEqualTo(2);
    assertThat(graph.counts(23).followers()).isZero();
  }

  @Test
  void refusesEdgesToNobody() {
    assertProblem(GraphException.Problem.NO_SUCH_ACCOUNT, () -> graph.follow(20, 999, 10, RULE));
    assertProblem(
        GraphException.Problem.NO_SUCH_ACCOUNT,
        () -> graph.mute(20, 999, java.util.Optional.empty()));
    assertProblem(
        GraphException.Problem.NO_SUCH_ACCOUNT, () -> graph.restrict(20, 999, Optional.empty()));
  }

  private static void assertProblem(GraphException.Problem problem, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            GraphException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }
}
