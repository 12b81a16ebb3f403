package io.freshet.app;

import io.freshet.account.Accounts;
import io.freshet.account.Passwords;
import io.freshet.account.Sessions;
import io.freshet.account.Tokens;
import io.freshet.app.status.Status;
import io.freshet.dialog.Dialogs;
import io.freshet.feed.DatabaseReads;
import io.freshet.feed.FeedBuilder;
import io.freshet.feed.FeedReaders;
import io.freshet.feed.FeedSources;
import io.freshet.feed.FeedStore;
import io.freshet.feed.Feeds;
import io.freshet.feed.HeapFeedStore;
import io.freshet.feed.PostRenderer;
import io.freshet.feed.Sights;
import io.freshet.feed.redis.RedisFeedStore;
import io.freshet.graph.Celebrities;
import io.freshet.graph.CelebrityRule;
import io.freshet.graph.Follows;
import io.freshet.graph.GraphStore;
import io.freshet.graph.Mutes;
import io.freshet.graph.PgGraphStore;
import io.freshet.graph.Restrictions;
import io.freshet.graph.Viewers;
import io.freshet.notification.Notifications;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.PgOutboxStore;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.NearCaches;
import io.freshet.platform.Positions;
import io.freshet.platform.Replica;
import io.freshet.platform.SingleFlight;
import io.freshet.platform.UnavailableException;
import io.freshet.platform.Version;
import io.freshet.platform.cluster.Membership;
import io.freshet.platform.redis.Redis;
import io.freshet.platform.redis.RedisInvalidationLog;
import io.freshet.platform.redis.RedisPositions;
import io.freshet.platform.redis.RedisSharedValues;
import io.freshet.platform.trace.Traces;
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
import io.freshet.ranking.HeapRankingCache;
import io.freshet.ranking.RankingCache;
import io.freshet.ranking.Rankings;
import io.freshet.ranking.redis.RedisRankingCache;
import io.freshet.search.Searches;
import io.freshet.web.OperationsResource;
import io.freshet.web.Resource;
import io.freshet.web.Site;
import io.freshet.web.limits.RateLimits;
import io.freshet.web.page.PageFiles;
import io.freshet.web.page.PageSite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Every part that keeps no thread of its own, wired by hand in the order of the modules. */
final class Core {
  final FreshetConfig config;
  final Database database;
  final Jdbi jdbi;
  final InstantSource clock;
  final Optional<Redis> redis;

  /** Of this process among others; to be closed after all that works. */
  final Optional<Membership> membership;

  final Ids ids;

  /** To be closed after all that works, like the membership. */
  final Traces traces;

  final NearCaches invalidations;
  final Replica replica;
  final PgOutboxStore outboxStore;
  final Outbox outbox;
  final Accounts accounts;
  final Tokens tokens;
  final Sessions sessions;
  final GraphStore graph;
  final Viewers viewers;
  final Celebrities celebrities;
  final Follows follows;
  final PostStore postStore;
  final AuthorFeeds authorFeeds;
  final Posts posts;
  final MediaHost media;
  final Interactions interactions;
  final Shares shares;
  final AskedAndAnswered asked;
  final FeedStore feedStore;
  final FeedBuilder feedBuilder;
  final FeedReaders feedReaders;
  final DatabaseReads databaseReads;
  final Feeds feeds;
  final Sights sights;
  final PostRenderer renderer;
  final Dialogs dialogs;
  final Notifications notifications;
  final MailHost mail;
  final Rankings rankings;

  /**
   * @param redis what all processes share; without it this process is the only one
   */
  Core(FreshetConfig config, Database database, Optional<Redis> redis, InstantSource clock) {
    this.config = config;
    this.database = database;
    this.jdbi = database.jdbi();
    this.clock = clock;
    this.redis = redis;
    this.membership = redis.map(shared -> join(database, shared));
    this.ids = ids();
    this.traces = traces();
    this.invalidations = nearCaches();
    this.outboxStore = new PgOutboxStore(jdbi, ids, clock);
    this.outbox = new Outbox(jdbi, outboxStore);
    this.replica = replica(redis);
    this.accounts = new Accounts(jdbi, outbox, new Passwords(), ids, clock, invalidations, replica);
    this.tokens = new Tokens(secret(), Duration.ofMinutes(config.token().minutes()), clock);
    this.sessions = sessions();
    this.graph = new PgGraphStore(jdbi, outbox, clock, replica);
    this.viewers = new Viewers(graph, invalidations);
    this.celebrities = new Celebrities(graph, rule(config.celebrity().threshold()), invalidations);
    this.follows = new Follows(graph, viewers, celebrities, invalidations);
    this.postStore = new PgPostStore(jdbi, outbox, replica);
    this.authorFeeds = new AuthorFeeds(postStore, capacity(), invalidations);
    this.interactions = interactions();
    this.posts = posts();
    this.shares = new Shares(posts, postStore.shares(), authorFeeds, ids);
    this.asked = AskedAndAnswered.on(jdbi, replica, outbox, posts, ids, clock, invalidations);
    this.media = new MediaHost(config, jdbi, ids, clock);
    this.feedStore = feedStore();
    this.feedBuilder = feedBuilder(capacity());
    this.feedReaders = new FeedReaders(jdbi, clock);
    this.databaseReads = new DatabaseReads(config.database().feedReads());
    this.feeds = new Feeds(feedSources(), clock, databaseReads);
    this.sights = new Sights(feeds, feedSources(), clock);
    this.renderer = new PostRenderer(accounts, posts, media.addresses());
    this.dialogs = new Dialogs(jdbi, accounts, ids, replica);
    this.notifications = new Notifications(jdbi, outbox, viewers, posts, invalidations, clock);
    this.mail = new MailHost(config, jdbi, accounts, secret(), ids, clock);
    this.rankings = new Rankings(jdbi, rankingCache(), clock);
  }

  /** What tokens and tickets are signed with. */
  byte[] secret() {
    return config.home().secret(config.token()).getBytes(StandardCharsets.UTF_8);
  }

  Mutes mutes() {
    return new Mutes(graph, viewers);
  }

  Restrictions restrictions() {
    return new Restrictions(graph, viewers);
  }

  /** Ids kept of a feed, and of an author's posts. */
  private int capacity() {
    return config.feed().window() + config.feed().slack();
  }

  private RankingCache rankingCache() {
    return redis
        .<RankingCache>map(RedisRankingCache::new)
        .orElseGet(() -> new HeapRankingCache(clock));
  }

  private FeedStore feedStore() {
    FreshetConfig.Feed feed = config.feed();
    return redis.map(shared -> inRedis(feed, shared)).orElseGet(() -> inHeap(feed));
  }

  private Ids ids() {
    return membership.map(node -> new Ids(clock, node::number)).orElseGet(() -> new Ids(clock, 0));
  }

  private Interactions interactions() {
    return Interactions.on(jdbi, outbox, Handles.of(accounts), ids, clock, invalidations);
  }

  private Posts posts() {
    return new Posts(
        postStore,
        authorFeeds,
        ids,
        clock,
        invalidations,
        Handles.of(accounts),
        interactions.marks()::forget);
  }

  private Sessions sessions() {
    Duration life = Duration.ofDays(config.token().sessionDays());
    return new Sessions(jdbi, outbox, accounts, ids, clock, life, invalidations);
  }

  private Traces traces() {
    String instance = "node-" + number().orElse(0);
    return Traces.open(
        config.tracing(),
        Map.of("service.version", Version.text(), "service.instance.id", instance));
  }

  private NearCaches nearCaches() {
    return new NearCaches(membership.map(Membership::invalidations).orElseGet(Invalidations::none));
  }

  /** This process's number among others; 0 where it is the only one, empty if it has none now. */
  OptionalInt number() {
    try {
      return OptionalInt.of(membership.map(Membership::number).orElse(0));
    } catch (UnavailableException e) {
      return OptionalInt.empty();
    }
  }

  private FeedBuilder feedBuilder(int capacity) {
    return new FeedBuilder(
        feedStore,
        viewers,
        celebrities,
        authorFeeds,
        clock,
        capacity,
        new FeedBuilder.Building(new SingleFlight<>(), invalidations));
  }

  private FeedSources feedSources() {
    return new FeedSources(
        feedStore, feedBuilder, viewers, celebrities, authorFeeds, posts, postStore, invalidations);
  }

  private static Membership join(Database database, Redis redis) {
    RedisSharedValues values = new RedisSharedValues(redis);
    RedisInvalidationLog log = new RedisInvalidationLog(redis, values);
    return Membership.join(Database.open(database.address(), 1), log, values);
  }

  private static FeedStore inHeap(FreshetConfig.Feed feed) {
    int maxFeeds = feed.maxFeeds(Runtime.getRuntime().maxMemory());
    return new HeapFeedStore(feed.window(), feed.slack(), maxFeeds);
  }

  private static FeedStore inRedis(FreshetConfig.Feed feed, Redis redis) {
    Duration kept = Duration.ofDays(feed.keepDays());
    return new RedisFeedStore(redis, feed.window(), feed.slack(), RedisFeedStore.CHUNK, kept);
  }

  private Replica replica(Optional<Redis> redis) {
    FreshetConfig.Storage storage = config.database();
    if (storage.replicaUrl().isEmpty()) {
      return Replica.none(jdbi);
    }
    Positions positions =
        redis
            .<Positions>map(shared -> new RedisPositions(shared, clock))
            .orElseGet(Positions::local);
    Database lagging =
        Database.openLater(storage.replicaUrl().get(), storage.poolSize(), storage.waiting());
    return Replica.of(database, lagging, positions, clock);
  }

  /** What the public server answers from. */
  Site site(LiveHost live, RateLimits limits, Supplier<String> metrics) {
    return new Site(
        accounts,
        new Site.SignIns(sessions, tokens, lasting()),
        follows,
        mutes(),
        restrictions(),
        posts,
        interactions,
        asked,
        shares,
        feeds,
        sights,
        feedReaders,
        renderer,
        media.site(new Attachments(new PgAttachments(outbox), posts)),
        dialogs,
        notifications,
        mail.site(),
        rankings,
        new Searches(replica),
        replica,
        live.site(),
        new PageSite(PageFiles.built(), config.http().publicUrl()),
        limits,
        database::isReachable,
        metrics,
        new Status(jdbi, clock)::now);
  }

  /** How long a token is good that cannot be refreshed. */
  Duration lasting() {
    return Duration.ofMinutes(config.token().lastingMinutes());
  }

  /** What a process without the role web answers. */
  Resource probes(Supplier<String> metrics) {
    return new OperationsResource(database::isReachable, metrics);
  }

  /** The rule of celebrities with another threshold. */
  CelebrityRule rule(int threshold) {
    return new CelebrityRule(threshold, config.celebrity().keepShare());
  }

  /** Forgets all that is remembered of the database, after someone else has changed it. */
  void forgetAll() {
    accounts.forgetAll();
    viewers.forgetAll();
    posts.forgetAll();
    interactions.forgetAll();
    asked.forgetAll();
    celebrities.reload();
    rankings.forget();
    invalidations.publishAll();
    // Last: a feed that another process builds of what it remembered until now is dropped too.
    feedStore.clear();
  }
}
