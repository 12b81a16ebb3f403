package io.freshet.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Json;
import io.freshet.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Counters equal the rows they count once all events are worked, however often, late and out of
 * order that was, and wherever a worker died.
 */
class CountersTest {
  private static final int ACCOUNTS = 5;
  private static final int POSTS = 3;
  private static final int STEPS = 120;
  private static final int SEEDS = 12;

  private static final Database DATABASE = TestDatabase.open();
  private static final Jdbi JDBI = DATABASE.jdbi();

  private Random random = new Random(0);
  private boolean crashing;

  private final Ids ids = new Ids(InstantSource.system(), 0);
  private final Outbox outbox =
      new Outbox(JDBI, new PgOutboxStore(JDBI, ids, InstantSource.system()));
  private final PostCounts counts = counts(Jdbi.create(this::connection));
  private final Likes likes =
      new Likes(
          new PgLikes(JDBI, outbox),
          new ReaderMarks(new PgMarkStore(JDBI), Invalidations.none()),
          ids);
  private final Comments comments =
      new Comments(
          new PgComments(JDBI, outbox), counts, Handles.none(), ids, InstantSource.system());

  /** Works an event. */
  private interface Worker {
    void work(String topic, byte[] body);
  }

  private record Event(long id, String topic, byte[] body) {}

  @BeforeAll
  static void open() {
    JDBI.useHandle(handle ->
        handle.execute(
            "INSERT INTO account (id, handle, first_name, created_at) SELECT i, 'u' || i, 'U', now() FROM generate_series(1, ?) i",
            ACCOUNTS));
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @BeforeEach
  void empty() {
    JDBI.useHandle(handle -> {
      handle.execute("TRUNCATE post, outbox CASCADE");
      for (long id = 101; id <= 100 + POSTS; id++) {
        handle.execute("INSERT INTO post (id, author_id, text) VALUES (?, 1, 'a post')", id);
      }
    });
  }

  private static PostCounts counts(Jdbi through) {
    return new PostCounts(new PgPostCounts(through), Invalidations.none());
  }

  /** A connection that may lose what was done just before it is saved. */
  private Connection connection() throws SQLException {
    Connection real = DATABASE.dataSource().getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && crashing && random.nextInt(4) == 0) {
                real.rollback();
                throw new SQLException("the worker died");
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void equalTheRowsHoweverEventsAreWorked() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      empty();
      assertThat(difference(seed, this::settle)).as("seed %d", seed).isEmpty();
    }
  }

  /** Hazard 5: what this test is there for. */
  @Test
  void wouldNotIfEachEventWereAddedBlindly() {
    List<String> differences = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      empty();
      differences.addAll(difference(seed, CountersTest::addBlindly));
    }
    assertThat(differences).isNotEmpty();
  }

  @Test
  void equalTheRowsWhileManyWorkAtOnce() throws Exception {
    PostCounts calm = counts(JDBI);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> people = new ArrayList<>();
      for (long account = 1; account <= ACCOUNTS; account++) {
        AccountId who = new AccountId(account);
        Random acts = new Random(account);
        people.add(
            threads.submit(() -> {
              for (int i = 0; i < 60; i++) {
                PostId post = new PostId(101 + acts.nextInt(POSTS));
                if (acts.nextBoolean()) {
                  likes.put(who, post);
                } else {
                  likes.remove(who, post);
                }
                calm.settle(post.value());
              }
            }));
      }
      for (Future<?> person : people) {
        person.get();
      }
    }
    for (long post = 101; post <= 100 + POSTS; post++) {
      calm.settle(post);
    }
    assertThat(differences()).isEmpty();
  }

  @Test
  void areCountedAnewWhenTheyAreWrong() {
    likes.put(new AccountId(1), new PostId(101));
    likes.put(new AccountId(2), new PostId(101));
    counts.settle(101);
    likes.remove(new AccountId(2), new PostId(101));
    likes.put(new AccountId(3), new PostId(101));
    JDBI.useHandle(handle -> {
      handle.execute("UPDATE post_count SET likes = 9, comments = 4, shares = 2");
      handle.execute("UPDATE post_like SET counted = NOT counted WHERE account_id = 1");
    });
    counts.recount(101);
    assertThat(counts.settle(101).likes()).isEqualTo(2);
    assertThat(differences()).isEmpty();
  }

  @Test
  void forgetAnAccountsLikesAndCommentsInBatches() {
    AccountId leaving = new AccountId(2);
    for (long post = 101; post <= 100 + POSTS; post++) {
      likes.put(leaving, new PostId(post));
      likes.put(new AccountId(3), new PostId(post));
      comments.add(leaving, new PostId(post), "first", Optional.empty());
      counts.settle(post);
      comments.add(leaving, new PostId(post), "second", Optional.empty());
    }
    assertThat(likes.eraseOf(leaving, 2)).isEqualTo(2);
    while (likes.eraseOf(leaving, 2) > 0) {
      assertThat(likes.exists(new AccountId(3), new PostId(101))).isTrue();
    }
    assertThat(comments.eraseOf(leaving, 4)).isEqualTo(4);
    while (comments.eraseOf(leaving, 4) > 0) {
      assertThat(comments.page(new PostId(101), new long[0], Comments.Order.OLDEST, 0, 10).items())
          .isEmpty();
    }
    pending().forEach(event -> settle(event.topic(), event.body()));
    assertThat(differences()).isEmpty();
    assertThat(rows("SELECT count(*) FROM comment")).isZero();
    assertThat(rows("SELECT count(*) FROM post_like WHERE account_id = 2")).isZero();
    assertThat(rows("SELECT sum(likes) + sum(comments) FROM post_count")).isEqualTo(POSTS);
  }

  private List<String> difference(int seed, Worker worker) {
    random = new Random(seed);
    crashing = true;
    for (int i = 0; i < STEPS; i++) {
      if (random.nextInt(3) == 0) {
        deliver(worker, random.nextInt(3) > 0);
      } else {
        act();
      }
    }
    crashing = false;
    while (deliver(worker, true)) {
      // until all events are worked
    }
    return differences();
  }

  private void act() {
    AccountId account = new AccountId(1 + random.nextInt(ACCOUNTS));
    PostId post = new PostId(101 + random.nextInt(POSTS));
    switch (random.nextInt(5)) {
      case 0, 1 -> likes.put(account, post);
      case 2 -> likes.remove(account, post);
      case 3 -> comments.add(account, post, "a comment", Optional.empty());
      default ->
          comments.page(post, new long[0], Comments.Order.OLDEST, 0, 1).items().stream()
              .findFirst()
              .ifPresent(comment -> comments.delete(comment.author(), comment.id()));
    }
  }

  /** Works some event; one that is not done with afterwards comes again. */
  private boolean deliver(Worker worker, boolean isDone) {
    List<Event> pending = pending();
    if (pending.isEmpty()) {
      return false;
    }
    Event event = pending.get(random.nextInt(pending.size()));
    try {
      worker.work(event.topic(), event.body());
    } catch (RuntimeException died) {
      return true;
    }
    if (isDone) {
      JDBI.useHandle(handle -> handle.execute("DELETE FROM outbox WHERE id = ?", event.id()));
    }
    return true;
  }

  private static List<Event> pending() {
    return JDBI.withHandle(handle ->
        handle
            .createQuery("SELECT id, topic, body FROM outbox ORDER BY id")
            .map((row, context) -> new Event(row.getLong(1), row.getString(2), row.getBytes(3)))
            .list());
  }

  private void settle(String topic, byte[] body) {
    if (topic.equals(CountsChanged.TOPIC)) {
      counts.settle(Json.read(body, CountsChanged.class).post());
    }
  }

  private static void addBlindly(String topic, byte[] body) {
    switch (topic) {
      case PostLiked.TOPIC -> add("likes", 1, Json.read(body, PostLiked.class).post());
      case PostUnliked.TOPIC -> add("likes", -1, Json.read(body, PostUnliked.class).post());
      case CommentAdded.TOPIC -> add("comments", 1, Json.read(body, CommentAdded.class).post());
      case CommentDeleted.TOPIC ->
          add("comments", -1, Json.read(body, CommentDeleted.class).post());
      default -> {
        // the blind know nothing of rows
      }
    }
  }

  private static void add(String counter, int by, long post) {
    JDBI.useHandle(handle -> {
      handle.execute("INSERT INTO post_count (post_id) VALUES (?) ON CONFLICT DO NOTHING", post);
      handle.execute(
          "UPDATE post_count SET "
              + counter
              + " = greatest(0, "
              + counter
              + " + ?) WHERE post_id = ?",
          by,
          post);
    });
  }

  private static List<String> differences() {
    return JDBI.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT 'post ' || p.id || ': ' || coalesce(c.likes, 0) || ' likes of ' || l.living || ', '
                       || coalesce(c.comments, 0) || ' comments of ' || m.living
                FROM post p
                LEFT JOIN post_count c ON c.post_id = p.id
                CROSS JOIN LATERAL (
                  SELECT count(*) FILTER (WHERE NOT removed) AS living FROM post_like WHERE post_id = p.id) l
                CROSS JOIN LATERAL (
                  SELECT count(*) FILTER (WHERE deleted_at IS NULL) AS living FROM comment WHERE post_id = p.id) m
                WHERE coalesce(c.likes, 0) <> l.living OR coalesce(c.comments, 0) <> m.living
                """)
            .mapTo(String.class)
            .list());
  }

  private static long rows(String sql) {
    return JDBI.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
