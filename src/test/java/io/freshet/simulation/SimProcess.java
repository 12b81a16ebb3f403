package io.freshet.simulation;

import io.freshet.fanout.FanoutConfig;
import io.freshet.fanout.FanoutParts;
import io.freshet.feed.FeedBuilder;
import io.freshet.feed.FeedChannels;
import io.freshet.feed.FeedEvents;
import io.freshet.feed.FeedSources;
import io.freshet.feed.FeedStore;
import io.freshet.feed.Feeds;
import io.freshet.feed.HeapFeedStore;
import io.freshet.graph.Celebrities;
import io.freshet.graph.CelebrityRule;
import io.freshet.graph.Follows;
import io.freshet.graph.GraphStore;
import io.freshet.graph.Mutes;
import io.freshet.graph.Restrictions;
import io.freshet.graph.Viewers;
import io.freshet.live.Live;
import io.freshet.live.Publisher;
import io.freshet.outbox.OutboxRelay;
import io.freshet.outbox.OutboxStore;
import io.freshet.platform.Invalidations;
import io.freshet.platform.SingleFlight;
import io.freshet.post.AuthorFeeds;
import io.freshet.post.CountsChanged;
import io.freshet.post.PostStore;
import io.freshet.post.Posts;
import io.freshet.post.Shares;
import io.freshet.queue.Lane;
import io.freshet.queue.LocalQueue;
import io.freshet.queue.Queue;
import io.freshet.queue.QueueWorker;
import io.freshet.queue.RetryPolicy;
import io.freshet.queue.TaskHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * All that a process of the product holds in memory, wired as in the product; a restart makes a new
 * one on the same database.
 */
final class SimProcess {
  static final int WINDOW = 6;
  private static final int SLACK = 2;
  private static final FanoutConfig FANOUT = new FanoutConfig(2, 4);

  final UnreliableQueue queue;
  final FeedStore store;
  final OutboxRelay relay;
  final QueueWorker worker;
  final Posts posts;
  final Shares shares;
  final Follows follows;
  final Mutes mutes;
  final Restrictions restrictions;
  final Celebrities celebrities;
  private final Viewers viewers;
  final Feeds feeds;
  final FeedBuilder builder;
  private final Optional<Live> live;

  SimProcess(
      SimDatabase database,
      Random random,
      Hazards hazards,
      Runnable pause,
      Optional<SimLive> hosts,
      Consumer<Queue.Delivery> handedOut) {
    GraphStore graph = Pausing.around(GraphStore.class, database.graph, pause);
    PostStore postStore = Pausing.around(PostStore.class, database.posts, pause);
    OutboxStore outbox = Pausing.around(OutboxStore.class, database.outbox, pause);
    int window = hazards.on(Hazard.SHORT_FEED_KEPT) ? 0 : WINDOW;
    FeedStore heap = new HeapFeedStore(window, WINDOW + SLACK - window, 1_000);
    store = Pausing.around(FeedStore.class, new HazardousFeedStore(heap, hazards), pause);
    queue = new UnreliableQueue(queue(database), random, hazards, handedOut);
    relay = new OutboxRelay(outbox, queue, database.clock);
    Invalidations alone = Invalidations.none();
    viewers = new Viewers(graph, alone);
    celebrities = new Celebrities(graph, new CelebrityRule(4, 0.7), alone);
    AuthorFeeds authorFeeds = new AuthorFeeds(postStore, WINDOW + SLACK, alone);
    posts = new Posts(postStore, authorFeeds, database.ids, database.clock, alone);
    shares = new Shares(posts, postStore.shares(), authorFeeds, database.ids);
    boolean forgetful = hazards.on(Hazard.STALE_VIEWER_CACHE);
    follows =
        new Follows(graph, forgetful ? new Viewers(graph, alone) : viewers, celebrities, alone);
    mutes = new Mutes(graph, viewers);
    restrictions = new Restrictions(graph, viewers);
    builder = builder(database, authorFeeds, pause);
    // Remembered on their own: what a delete that forgets to clear a cache is like.
    Posts readPosts =
        hazards.on(Hazard.STALE_POST_CACHE)
            ? new Posts(postStore, authorFeeds, database.ids, database.clock, alone)
            : posts;
    FeedSources sources =
        new FeedSources(
            store, builder, viewers, celebrities, authorFeeds, readPosts, postStore, alone);
    feeds = new Feeds(sources, database.clock);
    FeedChannels channels = new FeedChannels(viewers, celebrities, alone, database.clock);
    live = hosts.map(host -> host.open(channels));
    FanoutParts parts = parts(database, graph, postStore, authorFeeds);
    worker = new QueueWorker(queue, Lane.EVENTS, handlers(parts, hazards));
    celebrities.reload();
  }

  private static LocalQueue queue(SimDatabase database) {
    RetryPolicy retries = new RetryPolicy(1_000, Duration.ofSeconds(1), Duration.ofSeconds(4));
    return new LocalQueue(database.clock, retries);
  }

  private FanoutParts parts(
      SimDatabase database, GraphStore graph, PostStore postStore, AuthorFeeds authorFeeds) {
    return new FanoutParts(
        graph,
        viewers,
        celebrities,
        posts,
        postStore,
        authorFeeds,
        store,
        new FeedEvents(publisher(), graph, postStore, database.clock),
        Invalidations.none(),
        database.clock);
  }

  private static Map<String, TaskHandler> handlers(FanoutParts parts, Hazards hazards) {
    Map<String, TaskHandler> handlers = new HazardousFanout(parts, FANOUT, hazards).handlers();
    handlers.put(CountsChanged.TOPIC, body -> List.of());
    return handlers;
  }

  Live live() {
    return live.orElseThrow();
  }

  private Publisher publisher() {
    return live.isPresent() ? live.get() : Publisher.toNobody();
  }

  private FeedBuilder builder(SimDatabase database, AuthorFeeds authorFeeds, Runnable pause) {
    SingleFlight<Boolean> flights =
        new SingleFlight<>(flight -> {
          while (!flight.isDone()) {
            pause.run();
          }
        });
    return new FeedBuilder(
        store,
        viewers,
        celebrities,
        authorFeeds,
        database.clock,
        WINDOW + SLACK,
        new FeedBuilder.Building(flights, Invalidations.none()));
  }
}
