package io.freshet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.account.AccountId;
import io.freshet.graph.GraphStore;
import io.freshet.graph.PgGraphStore;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.OutboxStore;
import io.freshet.outbox.PgDeadLetters;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.post.Creation;
import io.freshet.post.Entities;
import io.freshet.post.PgPostStore;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.post.PostStore;
import io.freshet.post.Published;
import io.freshet.queue.DeadLetter;
import io.freshet.testkit.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The stores on a real PostgreSQL. */
class PgStoresTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
  private static Database database;
  private static PgOutboxStore outboxStore;
  private static PgDeadLetters deadLetters;
  private static Outbox outbox;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
    outboxStore = new PgOutboxStore(database.jdbi(), new Ids(CLOCK, 0), CLOCK);
    deadLetters = new PgDeadLetters(database.jdbi());
    outbox = new Outbox(database.jdbi(), outboxStore);
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "INSERT INTO account (id, handle, first_name, created_at) SELECT i, 'u' || i, 'U', now() FROM generate_series(1, 9) i"));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "TRUNCATE post, post_idempotency, follow, follow_count, mute, restriction, outbox CASCADE"));
  }

  @Nested
  class Posts extends PostStoreContract {
    @Override
    protected PostStore posts() {
      return new PgPostStore(database.jdbi(), outbox);
    }

    @Override
    protected OutboxStore outbox() {
      return outboxStore;
    }
  }

  @Nested
  class Shares extends ShareStoreContract {
    @Override
    protected PostStore posts() {
      return new PgPostStore(database.jdbi(), outbox);
    }

    @Override
    protected OutboxStore outbox() {
      return outboxStore;
    }

    /** Else the deletion's handler could look for shares before this one is there. */
    @Test
    void waitsForADeletionThatIsUnderWay() throws Exception {
      Post share = Post.share(new PostId(200), new AccountId(2), new PostId(100));
      try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<Optional<Published>> shared =
            database
                .jdbi()
                .inTransaction(handle -> {
                  handle.execute("UPDATE post SET deleted_at = now() WHERE id = 100");
                  Future<Optional<Published>> waiting =
                      other.submit(() -> posts().shares().share(share));
                  await().until(this::somebodyWaits);
                  return waiting;
                });
        assertThat(shared.get(10, TimeUnit.SECONDS)).isEmpty();
      }
    }

    private boolean somebodyWaits() {
      return database
          .jdbi()
          .withHandle(handle ->
              handle
                  .createQuery(
                      "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock')")
                  .mapTo(Boolean.class)
                  .one());
    }
  }

  @Nested
  class Graph extends GraphStoreContract {
    @Override
    protected GraphStore graph() {
      return new PgGraphStore(database.jdbi(), outbox, CLOCK);
    }

    @Override
    protected OutboxStore outbox() {
      return outboxStore;
    }
  }

  @Nested
  class Events extends OutboxStoreContract {
    @Override
    protected OutboxStore outbox() {
      return outboxStore;
    }

    @Override
    protected void append(Event event) {
      outbox.write((handle, events) -> {
        events.add(event);
        return event;
      });
    }
  }

  @Test
  void parksADeadLetterUntilItIsRetried() {
    Instant now = CLOCK.instant();
    long id = parked(now);
    assertThat(outboxStore.stats(now).parked()).isEqualTo(1);
    assertThat(outboxStore.claim(10, now.plusSeconds(60), now)).isEmpty();
    DeadLetter letter = deadLetters.list(10).getFirst();
    assertThat(letter.id()).isEqualTo(id);
    assertThat(letter.topic()).isEqualTo("poison");
    assertThat(letter.error()).isEqualTo("it does not work");
    assertThat(letter.attempts()).isEqualTo(7);
    assertThat(letter.last()).contains(now);
    assertThat(deadLetters.retry(OptionalLong.of(id + 1))).isZero();
    assertThat(deadLetters.retry(OptionalLong.of(id))).isEqualTo(1);
    assertThat(outboxStore.claim(10, now.plusSeconds(60), now)).hasSize(1);
  }

  @Test
  void tellsOfPostsThatConcernPeopleAndOfNoOthers() {
    PostStore posts = new PgPostStore(database.jdbi(), outbox);
    AccountId author = new AccountId(1);
    Optional<Instant> never = Optional.empty();
    posts.insert(
        new Creation(new Post(new PostId(100), author, "hello", 1, never), Optional.empty()));
    Entities entities = new Entities(List.of(2L), List.of());
    Post naming = new Post(new PostId(101), author, "@u2", 1, never, Optional.empty(), entities);
    posts.insert(new Creation(naming, Optional.empty()));
    posts
        .shares()
        .share(Post.share(new PostId(102), new AccountId(2), new PostId(100)));
    Instant now = CLOCK.instant();
    assertThat(outboxStore.claim(10, now, now))
        .extracting(row -> row.event().topic())
        .filteredOn("people-concerned"::equals)
        .hasSize(2);
  }

  @Test
  void dropsNothingButDeadLetters() {
    Instant now = CLOCK.instant();
    parked(now);
    save("good");
    assertThat(deadLetters.drop(OptionalLong.empty())).isEqualTo(1);
    assertThat(deadLetters.count()).isZero();
    assertThat(outboxStore.stats(now).waiting()).isEqualTo(1);
  }

  private long parked(Instant now) {
    save("poison");
    long id = outboxStore.claim(1, now, now).getFirst().id();
    outboxStore.park(id, "it does not work", 7, now);
    return id;
  }

  private void save(String topic) {
    outbox.write((handle, events) -> {
      events.add(new Event(topic, new byte[0]));
      return topic;
    });
  }
}
