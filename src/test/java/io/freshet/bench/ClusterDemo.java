package io.freshet.bench;

import io.freshet.account.AccountId;
import io.freshet.account.Tokens;
import io.freshet.app.bulk.BulkImport;
import io.freshet.bench.DemoScreen.Ink;
import io.freshet.platform.Database;
import io.freshet.platform.Json;
import io.freshet.testkit.Cluster;
import io.freshet.testkit.FreshetNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A cluster loses a worker, its broker and its cache, and nothing else. */
@Command(
    name = "bench/cluster-demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts two web and two worker processes, PostgreSQL and Redis with replicas and RabbitMQ, all "
          + "private; imports a town with a star whom everybody follows; posts through both web nodes while a "
          + "worker, RabbitMQ and Redis are each killed and started again; then compares every feed with the "
          + "database and looks for every acknowledged post.",
      "Exit code 0: nothing lost, nothing different; 1: something is."
    })
final class ClusterDemo implements Callable<Integer> {
  private static final Duration QUIET = Duration.ofMinutes(5);
  private static final int CROWD = 2_000;

  @Option(
      names = "--graph",
      paramLabel = "FILE",
      description = "the graph; if it is missing, one is made up: ${DEFAULT-VALUE}")
  Path graph = Path.of("../shared/data/graphs/musae-git.csv.gz");

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = "the posts' texts; if it is missing, they are made up: ${DEFAULT-VALUE}")
  Path texts = Path.of("../shared/data/posts/short-posts.csv.gz");

  @Option(names = "--people", description = "people of a made-up graph: ${DEFAULT-VALUE}")
  int people = 37_700;

  @Option(names = "--posts-each", description = "posts an account before: ${DEFAULT-VALUE}")
  int postsEach = 5;

  @Option(names = "--posts", description = "posts written while parts die: ${DEFAULT-VALUE}")
  int posts = 4_000;

  private final DemoScreen screen = new DemoScreen(System.out);

  public static void main(String[] args) {
    // Logging begins here, in one thread: it complains when several begin it together.
    LoggerFactory.getILoggerFactory();
    System.exit(new CommandLine(new ClusterDemo()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("freshet-demo");
    DemoTown town = new DemoTown(graph, texts, people, postsEach);
    screen.title("A Freshet cluster that loses its parts");
    screen.begins("starting PostgreSQL and Redis, each with a replica, and RabbitMQ");
    try (Cluster cluster = Cluster.prepare(directory, Cluster.Shape.of(settings()), it -> {})) {
      screen.done("PostgreSQL and Redis, each with a replica, and RabbitMQ run, all private");
      return run(cluster, town);
    } finally {
      delete(directory);
    }
  }

  /** The star is pulled, and nobody else is. */
  private int threshold() {
    return Files.exists(graph) ? 20_000 : people / 2;
  }

  private Map<String, String> settings() {
    return Map.of("FRESHET_CELEBRITY_THRESHOLD", Integer.toString(threshold()));
  }

  private int run(Cluster cluster, DemoTown town) throws IOException, InterruptedException {
    List<DemoCrowd.Person> crowd;
    DemoCrowd.Person star;
    try (Database database = cluster.database()) {
      settle(town, database);
      crowd = crowd(cluster, database.jdbi());
      star = star(cluster, database.jdbi());
    }
    screen.begins("starting two web and two worker processes");
    cluster.startNodes();
    cluster
        .nodes()
        .forEach(node -> screen.done("%-8s answers on %s".formatted(node.name(), node.address())));
    build(cluster.node("worker-1"));
    DemoCrowd people =
        new DemoCrowd(
            cluster.nodes("web").stream().map(FreshetNode::address).toList(), crowd, star, posts);
    screen.title("%,d posts through both web nodes, while parts die".formatted(posts));
    double start = screen.seconds();
    people.start();
    new DemoStory(cluster, people, screen, posts).tell();
    people.stop();
    screen.done(
        "all %,d posts are acknowledged, %.0f s after the first"
            .formatted(people.answered(), screen.seconds() - start));
    return judge(cluster, people);
  }

  private void settle(DemoTown town, Database database) {
    if (!town.isReal()) {
      screen.note("there is no " + graph + ": the town's graph is made up");
    }
    BulkImport.Result result = town.importInto(database, threshold(), screen::progress);
    screen.done(
        "%,d people, %,d follows, %,d posts imported from %s; %s is pulled"
            .formatted(
                result.accounts(),
                result.follows(),
                result.posts(),
                town.isReal() ? graph.getFileName() : "a made-up graph",
                result.celebrities() == 1 ? "the star" : result.celebrities() + " authors"));
  }

  /** So that every post has feeds to go into. */
  private void build(FreshetNode worker) {
    JsonNode built =
        worker.ask(
            "feeds.rebuild", Json.MAPPER.createObjectNode().put("all", true), screen::progress);
    screen.done("%,d feeds are cached in Redis".formatted(built.path("feeds").asLong()));
  }

  private int judge(Cluster cluster, DemoCrowd people) throws IOException, InterruptedException {
    screen.title("What is left");
    try (Database database = cluster.database()) {
      DemoCheck check = new DemoCheck(cluster, database.jdbi(), screen);
      boolean quiet = check.awaitQuiet(QUIET);
      boolean equal = check.verify(cluster.node("web-2"));
      boolean present = check.present(people.acknowledged(), tokens(cluster));
      boolean good = quiet && equal && present && people.wrong.get() == 0;
      summary(people, good);
      return good ? 0 : 1;
    }
  }

  private void summary(DemoCrowd people, boolean good) {
    screen.title("Summary");
    screen.note(
        "%,d posts acknowledged, each made once; %,d requests to post had to be sent again"
            .formatted(people.answered(), people.again.get()));
    screen.note(
        "%,d feeds read meanwhile, %,d not answered or refused with 503"
            .formatted(people.reads.get(), people.refusedReads.get()));
    screen.note("%,d answers that should not have been given".formatted(people.wrong.get()));
    if (good) {
      screen.done(screen.ink(Ink.GREEN, "nothing acknowledged is lost, and no feed differs"));
    } else {
      screen.broken(screen.ink(Ink.RED, "a promise was broken"));
    }
  }

  private static List<DemoCrowd.Person> crowd(Cluster cluster, Jdbi jdbi) {
    Tokens tokens = tokens(cluster);
    List<DemoCrowd.Person> crowd = new ArrayList<>();
    BenchTown.authors(jdbi, CROWD)
        .forEach(id -> crowd.add(new DemoCrowd.Person(id, tokens.issue(new AccountId(id)))));
    return List.copyOf(crowd);
  }

  private static DemoCrowd.Person star(Cluster cluster, Jdbi jdbi) {
    AccountId id = BenchTown.star(jdbi);
    return new DemoCrowd.Person(id.value(), tokens(cluster).issue(id));
  }

  private static Tokens tokens(Cluster cluster) {
    return new Tokens(
        cluster.secret().getBytes(StandardCharsets.UTF_8),
        Duration.ofHours(2),
        InstantSource.system());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
