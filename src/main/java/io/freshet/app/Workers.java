package io.freshet.app;

import io.freshet.account.ProfileChanged;
import io.freshet.fanout.Fanout;
import io.freshet.fanout.FanoutConfig;
import io.freshet.fanout.FanoutParts;
import io.freshet.feed.FeedEvents;
import io.freshet.outbox.OutboxRelay;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import io.freshet.platform.Loop;
import io.freshet.platform.Metrics;
import io.freshet.platform.Role;
import io.freshet.queue.Lane;
import io.freshet.queue.Queue;
import io.freshet.queue.QueueWorker;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The background, by role: the outbox relay (web and worker), the queue workers (worker), the notes
 * of who reads (web).
 */
final class Workers implements AutoCloseable {
  private static final Duration RELAY_REST = Duration.ofMillis(500);

  /** Without a broker a worker's relay hears of no commit but those of its own process. */
  private static final Duration UNTOLD_RELAY_REST = Duration.ofMillis(100);

  private static final Duration TAKE_WAIT = Duration.ofMillis(500);
  private static final Duration SAVE_REST = Duration.ofMinutes(1);

  private final Core core;
  private final LiveHost live;
  private final Metrics metrics;
  private final Closing loops = new Closing();
  private final QueueHost host;
  private final Queue queue;
  private final OutboxRelay relay;
  private Runnable wake = () -> {};

  private Workers(Core core, LiveHost live, Metrics metrics) {
    this.core = core;
    this.live = live;
    this.metrics = metrics;
    this.host = loops.add(QueueHost.open(core));
    this.queue = host.queue();
    this.relay = new OutboxRelay(core.outboxStore, queue, core.clock, core.traces);
  }

  /**
   * Starts those of these roles; the rule of celebrities is applied before the first event is
   * worked.
   */
  static Workers start(Core core, LiveHost live, Set<Role> roles, Metrics metrics) {
    Workers workers = new Workers(core, live, metrics);
    if (!core.config.isCluster()) {
      core.outboxStore.releaseAll();
    }
    if (roles.contains(Role.WORKER)) {
      workers.startQueueWorkers();
    }
    if (roles.contains(Role.WORKER) || (roles.contains(Role.WEB) && workers.hasBroker())) {
      workers.startRelay();
    }
    if (roles.contains(Role.WEB)) {
      workers.startNotes();
    }
    workers.host.measure(metrics);
    metrics.gauge(
        "freshet_outbox_in_flight", "Events published, not confirmed", workers.relay::inFlight);
    new Measurements(core).show(metrics);
    return workers;
  }

  /** Without one the queue is in each process, and what a relay publishes is worked beside it. */
  private boolean hasBroker() {
    return core.config.rabbitmq().url().isPresent();
  }

  /** Rows of the outbox: without a broker, all events that are not done. */
  long backlog() {
    return core.outboxStore.stats(core.clock.instant()).waiting();
  }

  QueueHost queue() {
    return host;
  }

  void wakeRelay() {
    wake.run();
  }

  @Override
  public void close() {
    loops.close();
    core.feedReaders.save();
  }

  private void startQueueWorkers() {
    FreshetConfig.Fanout sizes = core.config.fanout();
    FanoutParts parts =
        new FanoutParts(
            core.graph,
            core.viewers,
            core.celebrities,
            core.posts,
            core.postStore,
            core.authorFeeds,
            core.feedStore,
            new FeedEvents(live.publisher(), core.graph, core.postStore),
            core.invalidations);
    Map<String, TaskHandler> handlers =
        new HashMap<>(
            new Fanout(
                    parts,
                    new FanoutConfig(sizes.batch(), sizes.bigAudience()),
                    new FanoutLag(core.clock, metrics))
                .handlers());
    handlers.put(ProfileChanged.TOPIC, this::profileChanged);
    Map<String, TaskHandler> timed = new TaskTimes(metrics).over(handlers);
    for (Lane lane : Lane.values()) {
      for (int i = 1; i <= sizes.workers(); i++) {
        QueueWorker worker = new QueueWorker(queue, lane, timed, core.traces);
        String name = lane.name().toLowerCase(Locale.ROOT) + "-" + i;
        loops.add(Loop.start(name, RELAY_REST, () -> alwaysMore(worker.runOnce(TAKE_WAIT))));
      }
    }
  }

  private List<Task> profileChanged(byte[] body) {
    core.accounts.forget(Json.read(body, ProfileChanged.class).account());
    return List.of();
  }

  /** Waiting is the take's business: a worker never rests in between. */
  private static boolean alwaysMore(boolean worked) {
    return worked || !Thread.currentThread().isInterrupted();
  }

  private void startRelay() {
    Duration rest = core.config.isCluster() && !hasBroker() ? UNTOLD_RELAY_REST : RELAY_REST;
    Loop loop = loops.add(Loop.start("outbox-relay", rest, relay::runOnce));
    wake = loop::wake;
    core.outbox.onCommit(loop::wake);
    relay.onConfirm(loop::wake);
  }

  private void startNotes() {
    loops.add(
        Loop.start(
            "feed-readers",
            SAVE_REST,
            () -> {
              core.feedReaders.save();
              return false;
            }));
  }
}
