package io.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.graph.Celebrities;
import io.freshet.graph.CelebrityRule;
import io.freshet.graph.PgGraphStore;
import io.freshet.graph.Viewers;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.SingleFlight;
import io.freshet.post.AuthorFeeds;
import io.freshet.post.PgPostStore;
import io.freshet.post.Post;
import io.freshet.post.Posts;
import io.freshet.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages whose feed changes hands while they are made. */
class FeedsTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final AccountId READER = new AccountId(1);
  private static final AccountId AUTHOR = new AccountId(2);
  private static final int WINDOW = 10;

  private final Database database = TestDatabase.open();
  private final Ids ids = new Ids(CLOCK, 1);
  private final Outbox outbox =
      new Outbox(database.jdbi(), new PgOutboxStore(database.jdbi(), ids, CLOCK));
  private final PgGraphStore graph = new PgGraphStore(database.jdbi(), outbox, CLOCK);
  private final PgPostStore postStore = new PgPostStore(database.jdbi(), outbox);
  private final Celebrities celebrities =
      new Celebrities(graph, new CelebrityRule(100, 0.9), Invalidations.none());
  private final AuthorFeeds authorFeeds = new AuthorFeeds(postStore, WINDOW, Invalidations.none());
  private final Posts posts = new Posts(postStore, authorFeeds, ids, CLOCK, Invalidations.none());
  private final AtomicReference<Runnable> onBuild = new AtomicReference<>(() -> {});
  private final HeapFeedStore heap = new HeapFeedStore(WINDOW, 2, 100);
  private final Feeds feeds = feeds();
  private Optional<Post> written = Optional.empty();

  @BeforeEach
  void writeAPost() {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "INSERT INTO account (id, handle, first_name, created_at) SELECT i, 'u' || i, 'U', now() FROM generate_series(1, 2) i"));
    graph.follow(READER.value(), AUTHOR.value(), 10, celebrities.rule());
    written = Optional.of(posts.publish(AUTHOR, "here", Optional.empty()).post());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void showsWhoBecomesACelebrityWhileTheFeedIsBuilt() {
    onBuild.set(() -> celebrities.follow(new CelebrityRule(1, 0.9)));
    assertShown();
    assertThat(heap.peek(READER.value()).orElseThrow().ids()).as("is pulled").isEmpty();
  }

  @Test
  void showsWhatCameWhileTheFeedWasBuilt() {
    Post[] late = new Post[1];
    onBuild.set(() -> {
      // Read by nobody's build any more, so it is in the store alone.
      authorFeeds.get(AUTHOR.value());
      late[0] = posts.publish(AUTHOR, "late", Optional.empty()).post();
      heap.insert(late[0].id().value(), new long[] {READER.value()});
    });
    assertThat(feeds.page(READER, Long.MAX_VALUE, 10).items())
        .extracting(Post::text)
        .containsExactly("late", "here");
  }

  @Test
  void readsTheDatabaseWhereAFeedIsLostAgainAtOnce() {
    onBuild.set(() -> heap.drop(READER.value()));
    assertShown();
  }

  private void assertShown() {
    assertThat(feeds.page(READER, Long.MAX_VALUE, 10).items())
        .extracting(Post::id)
        .containsExactly(written.orElseThrow().id());
  }

  private Feeds feeds() {
    Viewers viewers = new Viewers(graph, Invalidations.none());
    FeedStore store = disturbed();
    return new Feeds(
        new FeedSources(
            store,
            new FeedBuilder(
                store,
                viewers,
                celebrities,
                authorFeeds,
                CLOCK,
                WINDOW,
                new FeedBuilder.Building(new SingleFlight<>(), Invalidations.none())),
            viewers,
            celebrities,
            authorFeeds,
            posts,
            postStore,
            Invalidations.none()),
        CLOCK);
  }

  /** The store; something happens whenever a build has been announced to it. */
  private FeedStore disturbed() {
    return (FeedStore)
        Proxy.newProxyInstance(
            FeedStore.class.getClassLoader(),
            new Class<?>[] {FeedStore.class},
            (self, method, arguments) -> {
              try {
                Object answer = method.invoke(heap, arguments);
                if (method.getName().equals("beginBuild")) {
                  onBuild.get().run();
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
