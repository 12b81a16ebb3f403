package io.freshet.chaos;

import io.freshet.account.AccountId;
import io.freshet.account.Tokens;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.Patience;
import io.freshet.testkit.ApiClient;
import io.freshet.testkit.Cluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** One run: people use a cluster while faults befall it, then all of it is checked. */
final class ChaosRun {
  private static final int PEOPLE = 14;
  private static final int CLIENTS = 6;

  /** Calls that each fault lasts for, so that it is felt on a slow machine too. */
  private static final int CALLS_A_FAULT = 150;

  /** Calls of a run for which all faults were left out. */
  private static final int CALLS_WITHOUT_FAULTS = 3_000;

  private static final Duration CALM = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration ENDING = Duration.ofMinutes(1);

  private final long seed;
  private final History history = new History();
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  ChaosRun(long seed) {
    this.seed = seed;
  }

  /** Fails with a report that tells seed, faults and the calls about what went wrong. */
  void run(Path directory, String onlyFaults) throws InterruptedException {
    Random random = new Random(seed);
    Schedule schedule = Schedule.of(random).only(onlyFaults);
    Cluster.Shape shape = Cluster.Shape.of(AtRest.settings());
    try (Cluster cluster = Cluster.prepare(directory, shape, history::incident);
        ApiClient api = new ApiClient()) {
      Report report = new Report(seed, directory, cluster, history);
      try {
        People people = register(cluster);
        cluster.startNodes();
        history.incident("all processes are ready");
        Wire wire = new Wire(api, people);
        use(cluster, wire, random, schedule);
        List<Judge.Violation> violations = Judge.judge(people, history.calls());
        if (!violations.isEmpty()) {
          throw report.of(violations);
        }
        report.requireEnough();
        new AtRest(cluster, people, wire, history).check();
      } catch (AssertionError | RuntimeException e) {
        throw report.of(e);
      } finally {
        stopping.set(true);
        clients.forEach(Thread::interrupt);
      }
    }
  }

  private static People register(Cluster cluster) {
    Tokens tokens =
        new Tokens(
            cluster.secret().getBytes(StandardCharsets.UTF_8),
            Duration.ofHours(2),
            InstantSource.system());
    Ids ids = new Ids(InstantSource.system(), 0);
    List<People.Person> persons = new ArrayList<>();
    try (Database database = cluster.database()) {
      for (int i = 0; i < PEOPLE; i++) {
        long id = ids.next();
        String handle = "p" + i;
        database
            .jdbi()
            .useHandle(handle1 ->
                handle1.execute(
                    "INSERT INTO account (id, handle, first_name, created_at) VALUES (?, ?, ?, now())",
                    id,
                    handle,
                    handle));
        persons.add(new People.Person(id, tokens.issue(new AccountId(id))));
      }
    }
    return new People(List.copyOf(persons));
  }

  private void use(Cluster cluster, Wire wire, Random random, Schedule schedule)
      throws InterruptedException {
    List<Client.Place> places =
        cluster.nodes("web").stream()
            .map(node -> new Client.Place(node.name(), node.address()))
            .toList();
    Habits habits = new Habits(PEOPLE);
    Client first = new Client(wire, places, history, habits, new Random(random.nextLong()));
    for (Act act : habits.beginnings(random)) {
      first.act(act);
    }
    for (int i = 0; i < CLIENTS; i++) {
      Client client = new Client(wire, places, history, habits, new Random(random.nextLong()));
      clients.add(Thread.ofVirtual().name("client-" + i).start(() -> client.run(stopping::get)));
    }
    last(CALM);
    if (schedule.faults().isEmpty()) {
      Patience.await(ENDING, () -> history.size() >= CALLS_WITHOUT_FAULTS);
    }
    for (Fault fault : schedule.faults()) {
      history.incident(fault.name());
      fault.begin().accept(cluster);
      last(fault.lasts());
      fault.end().accept(cluster);
      history.incident("over: " + fault.name());
    }
    last(CALM);
    stopping.set(true);
    for (Thread client : clients) {
      if (!client.join(ENDING)) {
        throw new AssertionError("a client gets no answer, though all parts are whole again");
      }
    }
    history.incident("at rest");
  }

  /** Until enough has been asked for the state of things to be felt. */
  private void last(Duration shortest) {
    int enough = history.size() + CALLS_A_FAULT;
    long since = history.now();
    Patience.await(
        LONGEST, () -> history.size() >= enough && history.now() - since >= shortest.toNanos());
  }
}
