package io.freshet.app;

import io.freshet.account.AccountRemoved;
import io.freshet.account.ProfileChanged;
import io.freshet.account.SessionsEnded;
import io.freshet.fanout.Fanout;
import io.freshet.fanout.FanoutConfig;
import io.freshet.fanout.FanoutParts;
import io.freshet.feed.FeedEvents;
import io.freshet.feed.PostEvents;
import io.freshet.feed.PostWorker;
import io.freshet.graph.PgSights;
import io.freshet.notification.AnswerMails;
import io.freshet.notification.NotificationNews;
import io.freshet.notification.Notifier;
import io.freshet.notification.PgSettling;
import io.freshet.outbox.OutboxRelay;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import io.freshet.platform.Loop;
import io.freshet.platform.Metrics;
import io.freshet.platform.Role;
import io.freshet.question.QuestionWorker;
import io.freshet.queue.Lane;
import io.freshet.queue.Queue;
import io.freshet.queue.QueueWorker;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import io.freshet.queue.Topics;
import java.time.Duration;
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

  /** A post's counters are told live so often at most: what people can follow with their eyes. */
  private static final Duration COUNTS_ROUND = Duration.ofMillis(500);

  /** Views are shown about so late. */
  private static final Duration VIEWS_REST = Duration.ofSeconds(2);

  private static final Duration SAVE_REST = Duration.ofMinutes(1);

  /** A person is told live of notifications about so often, however many there are. */
  private static final Duration SETTLE_REST = Duration.ofMillis(250);

  /** How late a mute's end is told at most, beside the way of every event. */
  private static final Duration TERMS_REST = Duration.ofSeconds(1);

  private static final int TERMS_AT_ONCE = 500;
  private static final byte[] NO_NEWS = {};

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
    if (roles.contains(Role.WORKER)) {
      workers.startTerms();
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
    core.sessions.save();
    core.asked.views().save();
  }

  private void startQueueWorkers() {
    Map<String, TaskHandler> handlers = new TaskTimes(metrics).over(handlers());
    startSettling();
    core.mail.start(metrics).forEach(loops::add);
    for (Lane lane : Lane.values()) {
      for (int i = 1; i <= core.config.fanout().workers(); i++) {
        QueueWorker worker = new QueueWorker(queue, lane, handlers, core.traces);
        String name = lane.name().toLowerCase(Locale.ROOT) + "-" + i;
        loops.add(Loop.start(name, RELAY_REST, () -> alwaysMore(worker.runOnce(TAKE_WAIT))));
      }
    }
  }

  /** What is done with each event, by its topic. */
  private Map<String, TaskHandler> handlers() {
    Notifier notifier = new Notifier(core.jdbi, core.outbox, core.graph, core.accounts, core.clock);
    NotificationNews news = new NotificationNews(live.publisher(), core.notifications);
    Erasure erasure = new Erasure(core, live::forget);
    return new Topics()
        .worked(fanout().handlers())
        .worked(
            Map.of(
                ProfileChanged.TOPIC, this::profileChanged,
                SessionsEnded.TOPIC, this::sessionsEnded,
                AccountRemoved.TOPIC, body -> accountRemoved(erasure, body)))
        .worked(startPostWorker().handlers())
        .worked(startQuestionWorker().handlers())
        .worked(notifier.handlers())
        .worked(news.handlers())
        .worked(core.mail.answers().handlers())
        .followed(Notifier.followUps())
        .followed(AnswerMails.followUps())
        .followed(NotificationNews.followUps())
        .handlers();
  }

  private Fanout fanout() {
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
            new FeedEvents(live.publisher(), core.graph, core.postStore, core.clock),
            core.invalidations,
            core.clock);
    return new Fanout(
        parts,
        new FanoutConfig(sizes.batch(), sizes.bigAudience()),
        new FanoutLag(core.clock, metrics));
  }

  /** What comes within one rest is told as one. */
  private void startSettling() {
    PgSettling settling = new PgSettling(core.jdbi, core.outbox, core.ids);
    metrics.count("freshet_notifications_told", "Deeds that people were told of", settling::told);
    metrics.gauge(
        "freshet_notifications_unsettled", "Deeds that are not shown yet", settling::waiting);
    loops.add(Loop.start("notifications", SETTLE_REST, settling::runOnce));
  }

  private PostWorker startPostWorker() {
    PostWorker worker = new PostWorker(core.interactions, new PostEvents(live.publisher()));
    loops.add(Loop.start("post-counts", COUNTS_ROUND, worker::runOnce));
    return worker;
  }

  private QuestionWorker startQuestionWorker() {
    QuestionWorker worker = new QuestionWorker(core.asked, live.publisher());
    loops.add(Loop.start("question-scores", COUNTS_ROUND, worker::runOnce));
    return worker;
  }

  private List<Task> profileChanged(byte[] body) {
    core.accounts.forget(Json.read(body, ProfileChanged.class).account());
    return List.of();
  }

  /** The writer may have died before anybody was told; and connections are to end. */
  private List<Task> sessionsEnded(byte[] body) {
    SessionsEnded event = Json.read(body, SessionsEnded.class);
    core.sessions.forget(event.sessions());
    live.publisher().reconsider(List.of(Long.toString(event.account())), NO_NEWS);
    return List.of();
  }

  /** Connections by tokens of no session end too. */
  private List<Task> accountRemoved(Erasure erasure, byte[] body) {
    String account = Long.toString(Json.read(body, AccountRemoved.class).account());
    List<Task> next = erasure.work(body);
    live.publisher().reconsider(List.of(account), NO_NEWS);
    return next;
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

  /**
   * Ends the terms of restrictions and mutes. Feeds heed a mute's by themselves; who listens live
   * hears of its end by this.
   */
  private void startTerms() {
    PgSights sights = new PgSights(core.outbox, core.clock);
    loops.add(Loop.start("terms", TERMS_REST, () -> sights.endTerms(TERMS_AT_ONCE)));
  }

  private void startNotes() {
    loops.add(
        Loop.start(
            "feed-readers",
            SAVE_REST,
            () -> {
              core.feedReaders.save();
              core.sessions.save();
              return false;
            }));
    loops.add(
        Loop.start(
            "question-views",
            VIEWS_REST,
            () -> {
              core.asked.views().save();
              return false;
            }));
  }
}
