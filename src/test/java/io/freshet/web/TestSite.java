package io.freshet.web;

import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.account.Passwords;
import io.freshet.account.Profile;
import io.freshet.account.ProfileChanged;
import io.freshet.account.Registration;
import io.freshet.account.Sessions;
import io.freshet.account.Tokens;
import io.freshet.dialog.Dialogs;
import io.freshet.fanout.Fanout;
import io.freshet.fanout.FanoutConfig;
import io.freshet.fanout.FanoutParts;
import io.freshet.feed.FeedBuilder;
import io.freshet.feed.FeedChannels;
import io.freshet.feed.FeedEvents;
import io.freshet.feed.FeedReaders;
import io.freshet.feed.FeedSources;
import io.freshet.feed.FeedStore;
import io.freshet.feed.Feeds;
import io.freshet.feed.HeapFeedStore;
import io.freshet.feed.PostEvents;
import io.freshet.feed.PostRenderer;
import io.freshet.feed.PostWorker;
import io.freshet.feed.Sights;
import io.freshet.graph.Celebrities;
import io.freshet.graph.CelebrityRule;
import io.freshet.graph.Follows;
import io.freshet.graph.GraphStore;
import io.freshet.graph.Mutes;
import io.freshet.graph.PgGraphStore;
import io.freshet.graph.Restrictions;
import io.freshet.graph.Viewers;
import io.freshet.live.Live;
import io.freshet.live.Namespaces;
import io.freshet.mail.Links;
import io.freshet.mail.Mails;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.OutboxRelay;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Loop;
import io.freshet.platform.Replica;
import io.freshet.platform.SingleFlight;
import io.freshet.post.Attachments;
import io.freshet.post.AuthorFeeds;
import io.freshet.post.Handles;
import io.freshet.post.Interactions;
import io.freshet.post.PgAttachments;
import io.freshet.post.PgPostStore;
import io.freshet.post.PostStore;
import io.freshet.post.Posts;
import io.freshet.post.Shares;
import io.freshet.question.AskedAndAnswered;
import io.freshet.question.QuestionWorker;
import io.freshet.queue.Lane;
import io.freshet.queue.LocalQueue;
import io.freshet.queue.QueueWorker;
import io.freshet.queue.RetryPolicy;
import io.freshet.queue.TaskHandler;
import io.freshet.queue.Topics;
import io.freshet.ranking.HeapRankingCache;
import io.freshet.ranking.Rankings;
import io.freshet.search.Searches;
import io.freshet.testkit.TestDatabase;
import io.freshet.testkit.TestLive;
import io.freshet.testkit.TestMedia;
import io.freshet.web.api.StatusView;
import io.freshet.web.limits.Connections;
import io.freshet.web.limits.RateLimits;
import io.freshet.web.limits.TestLimits;
import io.freshet.web.live.Farewells;
import io.freshet.web.live.Floor;
import io.freshet.web.live.LiveSite;
import io.freshet.web.live.Origins;
import io.freshet.web.live.Seats;
import io.freshet.web.page.PageFiles;
import io.freshet.web.page.PageSite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The whole site on a database of the test's, with its fan-out at work, listening on a free port.
 */
public final class TestSite implements AutoCloseable {
  public static final String PASSWORD = "a long enough password";

  /** A page that does not need to be built. */
  public static final String PAGE = "/page";

  private static final int WINDOW = 1_000;
  private static final InstantSource CLOCK = InstantSource.system();

  private final Ids ids = new Ids(CLOCK, 1);
  private final Database database;
  private final boolean isItsOwn;
  private final List<Loop> loops = new ArrayList<>();
  private final Farewells farewells = new Farewells(CLOCK);
  private final RateLimits limits;
  private final Site site;
  private final HttpServer server;

  private TestSite(Database database, boolean isItsOwn, RateLimits limits) {
    this.database = database;
    this.isItsOwn = isItsOwn;
    this.limits = limits;
    this.site = site(database.jdbi());
    HttpConfig config =
        new HttpConfig("127.0.0.1", 0, Duration.ofSeconds(30), Duration.ofSeconds(5));
    this.server = HttpServer.start(config, site.resources(), 1);
  }

  /** On an empty database of its own, which goes with it. */
  public static TestSite open() {
    return new TestSite(TestDatabase.open(), true, TestLimits.none());
  }

  public static TestSite on(Database database) {
    return on(database, TestLimits.none());
  }

  static TestSite on(Database database, RateLimits limits) {
    return new TestSite(database, false, limits);
  }

  public Database database() {
    return database;
  }

  public Site site() {
    return site;
  }

  public int port() {
    return server.port();
  }

  /** A client that nobody is signed in to. */
  public TestClient anyone() {
    return TestClient.to(port());
  }

  public TestClient as(Person person) {
    return anyone().as(person.token());
  }

  /** Registers a person behind HTTP's back: quick, and not part of what the test is about. */
  public Person person(String name) {
    Profile profile = new Profile(name, "Tester", Optional.empty(), "", "");
    AccountId id =
        site.accounts().register(new Registration(Optional.empty(), PASSWORD, profile)).id();
    return new Person(id, site.signIns().tokens().issue(id));
  }

  /** Someone with a token. */
  public record Person(AccountId id, String token) {}

  private Site site(Jdbi jdbi) {
    PgOutboxStore outboxStore = new PgOutboxStore(jdbi, ids, CLOCK);
    Outbox outbox = new Outbox(jdbi, outboxStore);
    GraphStore graph = new PgGraphStore(jdbi, outbox, CLOCK);
    Accounts accounts = accounts(jdbi, outbox, ids);
    Interactions interactions = interactions(jdbi, outbox, accounts, ids);
    FeedSources feed = feedSources(graph, outbox, jdbi, ids, accounts, interactions);
    Live live = live(feed);
    TestNotifications notices = TestNotifications.of(jdbi, outbox, graph, feed, accounts, ids);
    AskedAndAnswered asked = asked(jdbi, outbox, feed, ids);
    Topics worked = handlers(graph, feed, interactions, live).worked(handlers(asked, live));
    work(outboxStore, notices, notices.worked(worked, live).handlers());
    return new Site(
        accounts,
        signIns(jdbi, outbox, accounts, ids),
        new Follows(graph, feed.viewers(), feed.celebrities(), Invalidations.none()),
        new Mutes(graph, feed.viewers()),
        new Restrictions(graph, feed.viewers()),
        feed.posts(),
        interactions,
        asked,
        new Shares(feed.posts(), feed.postStore().shares(), feed.authorFeeds(), ids),
        new Feeds(feed, CLOCK),
        new Sights(new Feeds(feed, CLOCK), feed, CLOCK),
        new FeedReaders(jdbi, CLOCK),
        new PostRenderer(accounts, feed.posts()),
        TestMedia.site(jdbi, ids, new Attachments(new PgAttachments(outbox), feed.posts())),
        new Dialogs(jdbi, accounts, ids),
        notices.notifications(),
        new MailSite(mails(jdbi, ids), true),
        new Rankings(jdbi, new HeapRankingCache(CLOCK), CLOCK),
        new Searches(Replica.none(jdbi)),
        Replica.none(jdbi),
        liveSite(live),
        new PageSite(new PageFiles(PAGE), Optional.empty()),
        limits,
        () -> reachable(jdbi),
        () -> "# TYPE up gauge\nup 1\n",
        () -> new StatusView(15, CLOCK.instant(), List.of(), List.of()));
  }

  private static Accounts accounts(Jdbi jdbi, Outbox outbox, Ids ids) {
    return new Accounts(jdbi, outbox, new Passwords(), ids, CLOCK, Invalidations.none());
  }

  private static Interactions interactions(Jdbi jdbi, Outbox outbox, Accounts accounts, Ids ids) {
    return Interactions.on(jdbi, outbox, Handles.of(accounts), ids, CLOCK, Invalidations.none());
  }

  private static AskedAndAnswered asked(Jdbi jdbi, Outbox outbox, FeedSources feed, Ids ids) {
    return AskedAndAnswered.on(
        jdbi, Replica.none(jdbi), outbox, feed.posts(), ids, CLOCK, Invalidations.none());
  }

  private Map<String, TaskHandler> handlers(AskedAndAnswered asked, Live live) {
    loops.add(Loop.start("views", Duration.ofMillis(50), () -> save(asked)));
    return new QuestionWorker(asked, live).handlers();
  }

  private static Mails mails(Jdbi jdbi, Ids ids) {
    byte[] secret = "another secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);
    return new Mails(jdbi, ids, secret, new Links("http://localhost"), true, CLOCK);
  }

  private Live live(FeedSources feed) {
    FeedChannels channels =
        new FeedChannels(feed.viewers(), feed.celebrities(), Invalidations.none(), CLOCK);
    Live live =
        TestLive.open(
            TestLive.config(Namespaces.own(TestLive.KEEPING)),
            CLOCK,
            Thread::startVirtualThread,
            channels::of);
    loops.add(Loop.start("live", Duration.ofSeconds(1), () -> tick(live)));
    return live;
  }

  private static boolean save(AskedAndAnswered asked) {
    asked.views().save();
    return false;
  }

  private static Site.SignIns signIns(Jdbi jdbi, Outbox outbox, Accounts accounts, Ids ids) {
    Sessions sessions =
        new Sessions(jdbi, outbox, accounts, ids, CLOCK, Duration.ofDays(30), Invalidations.none());
    return new Site.SignIns(sessions, tokens(), Duration.ofHours(12));
  }

  private static Tokens tokens() {
    byte[] secret = "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);
    return new Tokens(secret, Duration.ofMinutes(15), CLOCK);
  }

  private LiveSite liveSite(Live live) {
    return new LiveSite(
        live,
        new Floor(
            CLOCK,
            farewells,
            new Seats(1_000, Connections.unlimited()),
            new Origins(List.of()),
            TestLimits.NO_PROXY),
        Optional.empty(),
        access ->
            TestLive.tokens(CLOCK)
                .issue(access.account().toString(), Duration.ofMinutes(5), List.of()),
        Duration.ofMinutes(5),
        Optional.of("test-api-key"),
        false);
  }

  private static boolean tick(Live live) {
    live.tick();
    return false;
  }

  private static FeedSources feedSources(
      GraphStore graph,
      Outbox outbox,
      Jdbi jdbi,
      Ids ids,
      Accounts accounts,
      Interactions interactions) {
    Viewers viewers = new Viewers(graph, Invalidations.none());
    Celebrities celebrities =
        new Celebrities(graph, new CelebrityRule(100_000, 0.9), Invalidations.none());
    PostStore postStore = new PgPostStore(jdbi, outbox);
    AuthorFeeds authorFeeds = new AuthorFeeds(postStore, WINDOW, Invalidations.none());
    FeedStore store = new HeapFeedStore(WINDOW, 100, 10_000);
    return new FeedSources(
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
        new Posts(
            postStore,
            authorFeeds,
            ids,
            CLOCK,
            Invalidations.none(),
            Handles.of(accounts),
            interactions.marks()::forget),
        postStore,
        Invalidations.none());
  }

  private static Topics handlers(
      GraphStore graph, FeedSources feed, Interactions interactions, Live live) {
    FanoutParts parts =
        new FanoutParts(
            graph,
            feed.viewers(),
            feed.celebrities(),
            feed.posts(),
            feed.postStore(),
            feed.authorFeeds(),
            feed.store(),
            new FeedEvents(live, graph, feed.postStore(), CLOCK),
            Invalidations.none(),
            CLOCK);
    return new Topics()
        .worked(new Fanout(parts, new FanoutConfig(500, 10_000)).handlers())
        .worked(new PostWorker(interactions, new PostEvents(live)).handlers())
        .worked(Map.of(ProfileChanged.TOPIC, body -> List.of()));
  }

  private void work(
      PgOutboxStore outboxStore, TestNotifications notices, Map<String, TaskHandler> handlers) {
    loops.add(Loop.start("notifications", Duration.ofMillis(20), notices.settling()::runOnce));
    LocalQueue queue =
        new LocalQueue(CLOCK, new RetryPolicy(5, Duration.ofMillis(10), Duration.ofSeconds(1)));
    OutboxRelay relay = new OutboxRelay(outboxStore, queue, CLOCK);
    loops.add(Loop.start("relay", Duration.ofMillis(10), relay::runOnce));
    for (Lane lane : Lane.values()) {
      QueueWorker worker = new QueueWorker(queue, lane, handlers);
      loops.add(
          Loop.start(
              lane.name(), Duration.ofMillis(1), () -> worker.runOnce(Duration.ofMillis(50))));
    }
  }

  private static boolean reachable(Jdbi jdbi) {
    try {
      return jdbi.withHandle(handle -> handle.execute("SELECT 1")) != -2;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public void close() {
    server.close();
    farewells.close();
    loops.forEach(Loop::close);
    if (isItsOwn) {
      database.close();
    }
  }
}
