package io.freshet.app;

import io.freshet.account.SessionId;
import io.freshet.feed.FeedChannels;
import io.freshet.live.ClusterBroker;
import io.freshet.live.Keeping;
import io.freshet.live.Live;
import io.freshet.live.LiveConfig;
import io.freshet.live.LiveTokens;
import io.freshet.live.LocalBroker;
import io.freshet.live.LocalPresences;
import io.freshet.live.LocalStreams;
import io.freshet.live.Namespaces;
import io.freshet.live.Publisher;
import io.freshet.live.Publishers;
import io.freshet.live.Wire;
import io.freshet.live.centrifugo.CentrifugoPublisher;
import io.freshet.live.rabbit.RabbitWire;
import io.freshet.live.redis.RedisInterests;
import io.freshet.live.redis.RedisPresences;
import io.freshet.live.redis.RedisStreams;
import io.freshet.live.redis.RedisWire;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.LimitSettings;
import io.freshet.platform.LiveSettings;
import io.freshet.platform.Loop;
import io.freshet.platform.Metrics;
import io.freshet.platform.Unguessable;
import io.freshet.platform.Version;
import io.freshet.platform.rabbit.RabbitAddress;
import io.freshet.platform.redis.Redis;
import io.freshet.web.limits.Addresses;
import io.freshet.web.limits.Connections;
import io.freshet.web.live.Farewells;
import io.freshet.web.live.Floor;
import io.freshet.web.live.LiveSite;
import io.freshet.web.live.Origins;
import io.freshet.web.live.Seats;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live connections that the settings ask for, with the clockwork that they need. */
final class LiveHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveHost.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  private static final Duration SWEEP = Duration.ofSeconds(5);

  /** Streams are looked at so often that one who listens never lets it age. */
  private static final Duration LOOK = Duration.ofSeconds(25);

  /** One client's queue: what Centrifugo allows it too. */
  private static final int MAX_QUEUED_BYTES = 1 << 20;

  /** Clients are sent away over this time, so that they do not all come back at once. */
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private static final int DRAIN_GROUPS = 30;

  private final Closing closing = new Closing();
  private final Live live;
  private final Publisher publisher;
  private final LiveSite site;

  /** Between the nodes of a cluster. */
  private final Optional<ClusterBroker> broker;

  private LiveHost(Core core) {
    LiveSettings settings = core.config.live();
    if (settings.isInsecure()) {
      LOG.warn("live.insecure is on: whoever connects may do everything");
    }
    LiveTokens tokens = tokens(core, settings);
    FeedChannels channels =
        new FeedChannels(core.viewers, core.celebrities, core.invalidations, core.clock);
    ExecutorService writers = closing.add(Executors.newVirtualThreadPerTaskExecutor());
    Live.Stores stores = stores(core);
    this.broker =
        Optional.of(stores.broker())
            .filter(ClusterBroker.class::isInstance)
            .map(ClusterBroker.class::cast);
    this.live =
        new Live(
            config(settings),
            stores,
            tokens,
            new LiveReaders(core, channels),
            core.clock,
            writers,
            Version.text());
    this.publisher = new TracedPublisher(publisher(settings, channels), core.traces);
    this.site = site(core, settings, tokens, channels);
    every(TICK, "live-tick", live::tick);
    every(LOOK, "live-look", live::look);
  }

  static LiveHost start(Core core, Metrics metrics) {
    LiveHost host = new LiveHost(core);
    metrics.gauge("freshet_live_connections", "Open live connections", host::connections);
    host.broker.ifPresent(broker ->
        metrics.count(
            "freshet_live_dropped",
            "Messages to other nodes that were dropped, for the way there was not open",
            broker::dropped));
    metrics.gauge(
        "freshet_live_ready",
        "1: what this node sends itself over the broker comes back",
        () -> host.live.isReady() ? 1 : 0);
    return host;
  }

  /** Those that are open now. */
  int connections() {
    return live.connections();
  }

  private static LiveTokens tokens(Core core, LiveSettings settings) {
    byte[] secret =
        settings
            .tokenSecret()
            .map(LiveTokens::bytes)
            .orElseGet(() -> LiveTokens.derived(core.secret()));
    return new LiveTokens(secret, !settings.isInsecure(), core.clock);
  }

  private Live.Stores stores(Core core) {
    SecureRandom random = new SecureRandom();
    String node = Unguessable.uuid();
    if (core.redis.isEmpty()) {
      LocalStreams streams = new LocalStreams(core.clock, random);
      every(SWEEP, "live-sweep", streams::sweep);
      return new Live.Stores(
          streams, new LocalPresences(core.clock), closing.add(new LocalBroker(node)));
    }
    Redis redis = core.redis.get();
    Wire wire =
        core.config
            .rabbitmq()
            .url()
            .<Wire>map(url -> new RabbitWire(new RabbitAddress(url)))
            .orElseGet(() -> new RedisWire(redis));
    return new Live.Stores(
        new RedisStreams(redis, random),
        new RedisPresences(redis),
        closing.add(new ClusterBroker(node, new RedisInterests(redis), wire, System::nanoTime)));
  }

  /** To this server also where connections go elsewhere: the contract's channel stays here. */
  private Publisher publisher(LiveSettings settings, FeedChannels channels) {
    if (settings.centrifugo().isEmpty()) {
      return live;
    }
    CentrifugoPublisher other =
        closing.add(new CentrifugoPublisher(settings.centrifugo().get(), channels::of));
    return new Publishers(List.of(live, other));
  }

  private LiveSite site(
      Core core, LiveSettings settings, LiveTokens tokens, FeedChannels channels) {
    Addresses addresses = addresses(core.config.http());
    Floor floor =
        new Floor(
            core.clock,
            closing.add(new Farewells(core.clock)),
            new Seats(settings.maxConnections(), connections(core.config.limits(), addresses)),
            new Origins(settings.origins()),
            addresses);
    Duration life = Duration.ofMinutes(settings.tokenMinutes());
    return new LiveSite(
        live,
        floor,
        settings.centrifugo().map(LiveSettings.Centrifugo::address),
        access -> {
          String user = access.account().toString();
          String login = access.session().map(SessionId::toString).orElse("");
          // Another server knows of the channels only by the token.
          boolean isElsewhere = settings.centrifugo().isPresent();
          return tokens.issue(user, login, life, isElsewhere ? channels.of(user) : List.of());
        },
        life,
        settings.apiKey(),
        settings.isInsecure());
  }

  private static Addresses addresses(FreshetConfig.Http http) {
    return new Addresses(http.trustedProxies(), http.forwardedHeader());
  }

  private static Connections connections(LimitSettings limits, Addresses addresses) {
    return limits.isEnabled()
        ? Connections.atMost(limits.liveConnections(), addresses)
        : Connections.unlimited();
  }

  private static LiveConfig config(LiveSettings settings) {
    Keeping keeping =
        new Keeping(settings.history(), Duration.ofSeconds(settings.historySeconds()));
    Namespaces own = Namespaces.own(keeping);
    return new LiveConfig(
        settings.isInsecure(),
        settings.allowsAnonymous(),
        Duration.ofSeconds(settings.pingSeconds()),
        Duration.ofSeconds(settings.pongSeconds()),
        MAX_QUEUED_BYTES,
        settings.namespaces().map(own::with).orElse(own));
  }

  private void every(Duration rest, String name, Runnable work) {
    closing.add(
        Loop.start(
            name,
            rest,
            () -> {
              work.run();
              return false;
            }));
  }

  LiveSite site() {
    return site;
  }

  Publisher publisher() {
    return publisher;
  }

  /** Forgets what was told on a channel; who listens begins anew. */
  void forget(String channel) {
    live.removeHistory(channel);
  }

  /** Sends the clients away. */
  void drain() {
    long pause = DRAIN.dividedBy(DRAIN_GROUPS).toNanos();
    live.drain(DRAIN_GROUPS, () -> LockSupport.parkNanos(pause));
  }

  @Override
  public void close() {
    closing.close();
  }
}
