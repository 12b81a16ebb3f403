package io.freshet.simulation;

import io.freshet.outbox.Event;
import io.freshet.queue.Lane;
import io.freshet.queue.Queue;
import io.freshet.queue.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One run of a scenario: everything that happens is drawn from its seed, so the same scenario
 * always runs the same way.
 */
final class Simulation {
  private static final int CLIENTS = 3;
  private static final int WORKERS = 3;

  /** Of so many steps one is of live readers and what serves them. */
  private static final int LIVE_ONE_IN = 3;

  /** Steps after which a run that does not come to rest has failed. */
  private static final int STEPS_MAX = 200_000;

  /** The client's connection breaks: the call under way throws, whether it had an effect or not. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private enum Role {
    CLIENT,
    READER,
    WORKER,
    RELAY
  }

  /** Code in progress. */
  private static final class Actor {
    final Role role;
    final Coroutine code;
    Optional<Queue.Delivery> delivery = Optional.empty();
    boolean killed;

    Actor(Role role, Coroutine code) {
      this.role = role;
      this.code = code;
    }
  }

  private final Scenario scenario;
  private final Hazards hazards;
  private final Random random;
  private final SimDatabase database;
  private final Truth truth;
  private final Checks checks;
  private final Client client;
  private final Optional<SimLive> live;
  private final Optional<LiveCrowd> crowd;
  private final List<Actor> actors = new ArrayList<>();
  private SimProcess process;
  private Optional<Actor> running = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();

  Simulation(Scenario scenario, Hazards hazards) {
    this.scenario = scenario;
    this.hazards = hazards;
    this.random = new Random(~scenario.seed());
    this.database = new SimDatabase(hazards, this::pause, this::publish);
    this.truth = new Truth(database.graph, database.posts, database.clock, scenario.people());
    this.checks = new Checks(truth);
    this.live =
        scenario.isLive()
            ? Optional.of(new SimLive(database, random, hazards, this::pause, scenario.isLossy()))
            : Optional.empty();
    this.process = newProcess();
    this.crowd = live.map(this::crowd);
    this.client = new Client(database, checks, () -> process);
    database.transactions.afterCommit(checks::changed);
  }

  private LiveCrowd crowd(SimLive served) {
    LiveCrowd readers = new LiveCrowd(served, () -> process, truth, random, hazards);
    for (long viewer = 1; viewer <= scenario.people(); viewer++) {
      readers.add(new LiveReader(viewer, database, checks, () -> process, hazards));
    }
    return readers;
  }

  private SimProcess newProcess() {
    return new SimProcess(
        database,
        random,
        hazards,
        this::pause,
        live,
        delivery -> running.ifPresent(actor -> actor.delivery = Optional.of(delivery)));
  }

  private void publish(Event event) {
    process.queue.publish(new Task(event.topic(), Lane.EVENTS, event.body()));
  }

  /**
   * Leaves the running code to be gone on with later; where nothing runs, at the start and the end,
   * it goes on at once.
   */
  private void pause() {
    Optional<Actor> actor = running;
    if (actor.isPresent()) {
      Coroutine.pause();
      if (actor.get().killed) {
        actor.get().killed = false;
        throw new Killed();
      }
    }
  }

  /**
   * Runs the scenario and checks the outcome; throws an AssertionError if a guarantee was broken.
   */
  void run() {
    List<Operation> left = new ArrayList<>(scenario.operations());
    int steps = 0;
    while (!left.isEmpty() || !actors.isEmpty()) {
      step(left);
      failure.ifPresent(Simulation::rethrow);
      if (++steps > STEPS_MAX) {
        throw new AssertionError("the run does not come to an end");
      }
    }
    quiesce();
    crowd.ifPresent(LiveCrowd::atRest);
    checks.atRest(process);
  }

  private void step(List<Operation> left) {
    if (crowd.isPresent() && random.nextInt(LIVE_ONE_IN) == 0) {
      crowd.get().next().ifPresent(work -> start(Role.READER, work));
    }
    int choice = random.nextInt(100);
    if (choice < 12 && !left.isEmpty() && count(Role.CLIENT) < CLIENTS) {
      begin(left.removeFirst());
    } else if (choice < 30 && count(Role.WORKER) < WORKERS) {
      start(Role.WORKER, this::work);
    } else if (choice < 40 && count(Role.RELAY) == 0) {
      start(Role.RELAY, () -> process.relay.runOnce());
    } else if (!actors.isEmpty()) {
      resume(actors.get(random.nextInt(actors.size())));
    }
  }

  private long count(Role role) {
    return actors.stream().filter(actor -> actor.role == role).count();
  }

  private void work() {
    try {
      process.worker.runOnce(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void start(Role role, Runnable code) {
    Actor[] self = new Actor[1];
    Coroutine coroutine =
        new Coroutine(() -> {
          try {
            code.run();
          } catch (Killed e) {
            // The client has gone.
          } catch (Throwable e) {
            failure = Optional.of(e);
          }
        });
    self[0] = new Actor(role, coroutine);
    actors.add(self[0]);
    resume(self[0]);
  }

  private void resume(Actor actor) {
    running = Optional.of(actor);
    try {
      actor.code.resume();
    } finally {
      running = Optional.empty();
    }
    if (actor.code.isDone()) {
      actors.remove(actor);
    }
  }

  private void begin(Operation operation) {
    switch (operation) {
      case Operation.KillWorker() -> any(Role.WORKER).ifPresent(this::killWorker);
      case Operation.KillClient() -> any(Role.CLIENT).ifPresent(actor -> actor.killed = true);
      case Operation.Restart() -> restart();
      case Operation.Flush() -> process.store.clear();
      case Operation.Evict(long viewer) -> process.store.drop(viewer);
      case Operation.Wait(int seconds) -> {
        database.clock.advance(Duration.ofSeconds(seconds));
        checks.changed();
      }
      case Operation.Connect(long viewer) -> crowd.ifPresent(all -> all.connect(viewer));
      case Operation.Cut(long viewer) -> crowd.ifPresent(all -> all.cut(viewer));
      case Operation.LoseStreams() -> crowd.ifPresent(LiveCrowd::loseStreams);
      case Operation.Look() -> crowd.ifPresent(all -> start(Role.READER, all::look));
      default -> start(Role.CLIENT, () -> client.run(operation));
    }
  }

  private Optional<Actor> any(Role role) {
    List<Actor> some = actors.stream().filter(actor -> actor.role == role).toList();
    return some.isEmpty() ? Optional.empty() : Optional.of(some.get(random.nextInt(some.size())));
  }

  private void killWorker(Actor worker) {
    actors.remove(worker);
    worker.delivery.ifPresent(delivery -> {
      if (hazards.on(Hazard.KILLED_WORKER_LOSES_TASK)) {
        delivery.done(List.of());
      } else {
        delivery.failed(new Killed());
      }
    });
  }

  private void restart() {
    actors.clear();
    checks.forgetUnderWay();
    database.outbox.releaseAll();
    crowd.ifPresent(LiveCrowd::crash);
    process = newProcess();
  }

  /** Without faults, until nothing is left to do. */
  private void quiesce() {
    int steps = 0;
    while (!isQuiet()) {
      process.relay.runOnce();
      work();
      failure.ifPresent(Simulation::rethrow);
      database.clock.advance(Duration.ofMillis(100));
      if (++steps > STEPS_MAX) {
        throw new AssertionError("outbox and queue do not become empty");
      }
    }
  }

  private boolean isQuiet() {
    return process.queue.isQuiet() && database.outbox.isEmpty() && process.relay.inFlight() == 0;
  }

  private static void rethrow(Throwable e) {
    throw e instanceof Error error ? error : new AssertionError(e);
  }
}
