package io.freshet.bench;

import io.freshet.app.Progress;
import io.freshet.app.RunFile;
import io.freshet.app.bulk.BulkImport;
import io.freshet.app.bulk.PostTexts;
import io.freshet.app.bulk.SocialGraph;
import io.freshet.app.bulk.Town;
import io.freshet.app.bulk.Towns;
import io.freshet.app.capacity.UnitCosts;
import io.freshet.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What each server of a cluster uses for a post, an entry and a page: the capacity model's costs.
 */
@Command(
    name = "bench/unit-costs",
    mixinStandardHelpOptions = true,
    description = {
      "Starts PostgreSQL, Redis, RabbitMQ, a web and a worker process, and reads off the kernel how "
          + "long each was on a core while posts with few followers, posts with many, and pages went through.",
      "Then it runs a mixture and says how well the costs foretell it."
    })
final class UnitCostsBench implements Callable<Integer> {
  private static final String SOURCE = "bench/unit-costs";
  private static final String TEXT = "a measured post of exactly fifty bytes, no more .";
  private static final List<String> SERVERS =
      List.of("web", "worker", "redis", "rabbitmq", "postgres");

  @Option(names = "--few", description = "followers of small authors: ${DEFAULT-VALUE}")
  int few = 20;

  @Option(names = "--many", description = "followers of big authors: ${DEFAULT-VALUE}")
  int many = 1_000;

  @Option(names = "--between", description = "followers in the mixture: ${DEFAULT-VALUE}")
  int between = 200;

  @Option(names = "--readers", description = "people whose feeds are kept: ${DEFAULT-VALUE}")
  int readers = 4_000;

  @Option(names = "--posts", description = "posts of small authors: ${DEFAULT-VALUE}")
  int posts = 5_000;

  @Option(names = "--pages", description = "pages read: ${DEFAULT-VALUE}")
  int pages = 40_000;

  @Option(names = "--json", description = "the unit costs, for freshet capacity --costs")
  boolean json;

  private static final int AUTHORS = 100;

  /** RabbitMQ counts what is in a quorum queue every 5 seconds. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(6);

  private static final int CALM_LOOKS = 2;

  private final Map<String, Double> idle = new TreeMap<>();
  private final List<UnitCosts.Cost> costs = new ArrayList<>();
  private List<Long> accounts = List.of();

  /** One phase: what was done, and what it took beyond idling. */
  private record Phase(double seconds, Map<String, Double> used) {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new UnitCostsBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("freshet-bench");
    try (MeasuredCluster cluster = new MeasuredCluster(Path.of("").toAbsolutePath(), directory)) {
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
      Report report = measure(cluster);
      report.print(json ? System.err : System.out, false);
      if (json) {
        System.out.println(Json.MAPPER.writeValueAsString(result(report)));
      }
    }
    return 0;
  }

  private UnitCosts result(Report report) {
    String machine = "%s, %d cores, %s".formatted(report.cpu(), report.cores(), report.jdk());
    return new UnitCosts(report.date().substring(0, 10), machine, costs);
  }

  Report measure(MeasuredCluster cluster) throws IOException, InterruptedException {
    Jdbi jdbi = cluster.database().jdbi();
    importTown(cluster);
    accounts =
        jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT id FROM account ORDER BY substr(handle, 2)::int")
                .mapTo(Long.class)
                .list());
    bytesOfTheDatabase(jdbi);
    ClusterLoad load = new ClusterLoad(cluster.freshet("web", "web").httpPort());
    bytesOfAnEntry(cluster);
    List<String> tokens = load.sign(accounts);
    warmUp(cluster, load, tokens);

    say("posts with " + few + " followers");
    long wal = wal(jdbi);
    Phase small = run(cluster, () -> post(load, tokens, 0, posts));
    wal = wal(jdbi) - wal;
    say("posts with " + many + " followers");
    Phase big = run(cluster, () -> post(load, tokens, AUTHORS, bigPosts()));
    say("pages");
    Phase reading = run(cluster, () -> read(load, tokens, pages));
    derive(small, big, reading);
    cost(
        "postgres.walOfPost",
        (double) wal / posts - TEXT.length(),
        "bytes",
        "log of a post beside its text");
    say("a mixture");
    Phase mixed =
        run(
            cluster,
            () -> {
              post(load, tokens, 2 * AUTHORS, posts / 2);
              read(load, tokens, pages / 2);
            });
    return report(mixed, big);
  }

  private void bytesOfAnEntry(MeasuredCluster cluster) throws IOException {
    RunFile worker = cluster.freshet("worker", "worker,scheduler");
    double empty = Double.parseDouble(cluster.redisSays("used_memory"));
    MeasuredCluster.call(worker, "feeds.rebuild", Json.MAPPER.createObjectNode().put("all", true));
    double full = Double.parseDouble(cluster.redisSays("used_memory"));
    cost(
        "redis.entryBytes",
        (full - empty) / cluster.entriesStored(),
        "bytes",
        "an entry of a full feed, with all that lies around it");
  }

  private void warmUp(MeasuredCluster cluster, ClusterLoad load, List<String> tokens)
      throws IOException, InterruptedException {
    say("warming up");
    run(cluster, () -> post(load, tokens, 0, posts));
    run(cluster, () -> post(load, tokens, AUTHORS, posts / 10));
    run(cluster, () -> read(load, tokens, pages));
    rest(cluster);
  }

  private void derive(Phase small, Phase big, Phase reading) {
    for (String server : SERVERS) {
      double ofFew = micros(small, server) / posts;
      double ofMany = micros(big, server) / bigPosts();
      double entry = Math.max(0, (ofMany - ofFew) / (many - few));
      cost(server + ".post", Math.max(0, ofFew - few * entry), "us", "a post, without its entries");
      cost(server + ".entry", entry, "us", "an entry inserted into a feed");
      cost(server + ".page", Math.max(0, micros(reading, server) / pages), "us", "a page of 20");
    }
  }

  private Report report(Phase mixed, Phase big) {
    Report report =
        Report.of("unit-costs")
            .condition("time on a core by the kernel's count, without what idling takes")
            .condition(
                "%,d people's feeds, kept; %,d small, %,d big posts"
                    .formatted(readers, posts, bigPosts()))
            .condition(
                "peer: what the costs foretell for %,d posts with %d followers and %,d pages"
                    .formatted(posts / 2, between, pages / 2));
    costs.forEach(cost -> report.figure(cost.name(), cost.value(), cost.unit(), ""));
    for (String server : SERVERS) {
      double foretold =
          1e-6
              * (posts / 2.0 * (value(server + ".post") + between * value(server + ".entry"))
                  + pages / 2.0 * value(server + ".page"));
      report.against(
          "mixture: " + server,
          mixed.used().getOrDefault(server, 0.0),
          "s",
          "foretold",
          foretold,
          "0.8 to 1.25");
    }
    return report.figure(
        "entries a second, posts with many",
        (double) bigPosts() * many / big.seconds(),
        "entries/s",
        "");
  }

  private int bigPosts() {
    return Math.ceilDiv(posts, 5);
  }

  private double value(String name) {
    return costs.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow().value();
  }

  private void cost(String name, double value, String unit, String what) {
    costs.add(new UnitCosts.Cost(name, Math.round(value * 1e3) / 1e3, unit, what, SOURCE));
  }

  private static double micros(Phase phase, String server) {
    return phase.used().getOrDefault(server, 0.0) * 1e6;
  }

  private void post(ClusterLoad load, List<String> tokens, int first, int count)
      throws InterruptedException {
    load.send(count, i -> load.post(tokens.get(first + i % AUTHORS), TEXT));
  }

  private void read(ClusterLoad load, List<String> tokens, int count) throws InterruptedException {
    load.send(count, i -> load.page(tokens.get(3 * AUTHORS + (int) (i * 7L % readers))));
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  /** Runs it and waits until all servers have come to rest. */
  private Phase run(MeasuredCluster cluster, Work work) throws InterruptedException {
    Map<String, Double> before = cluster.used();
    long start = System.nanoTime();
    work.run();
    double busy = seconds(start);
    for (int calm = 0; calm < CALM_LOOKS; ) {
      LockSupport.parkNanos(LOOK_NANOS);
      calm = cluster.isQuiet() ? calm + 1 : 0;
      busy = calm == 0 ? seconds(start) : busy;
    }
    double all = seconds(start);
    Map<String, Double> used = new TreeMap<>();
    cluster
        .used()
        .forEach((name, total) ->
            used.put(
                name,
                Math.max(
                    0,
                    total - before.getOrDefault(name, 0.0) - all * idle.getOrDefault(name, 0.0))));
    return new Phase(busy, used);
  }

  private void rest(MeasuredCluster cluster) {
    Map<String, Double> before = cluster.used();
    long start = System.nanoTime();
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(10));
    cluster
        .used()
        .forEach((name, total) ->
            idle.put(name, (total - before.getOrDefault(name, 0.0)) / seconds(start)));
  }

  private void importTown(MeasuredCluster cluster) {
    say("importing %,d people".formatted(readers + 3 * AUTHORS));
    SocialGraph.Builder builder = new SocialGraph.Builder();
    for (int person = 0; person < readers + 3 * AUTHORS; person++) {
      builder.index(person);
    }
    int[] followers = {few, many, between};
    for (int author = 0; author < 3 * AUTHORS; author++) {
      for (int i = 0; i < followers[author / AUTHORS]; i++) {
        builder.addIndexed(3 * AUTHORS + (author * 31 + i * 7) % readers, author);
      }
    }
    SocialGraph graph = builder.build();
    Town town =
        new Town(
            new Towns(1).peopleOf(graph, "n", Optional.empty()), graph, 50, PostTexts.madeUp(1));
    new BulkImport(cluster.database(), 100_000, InstantSource.system(), Progress.SILENT).run(town);
  }

  private void bytesOfTheDatabase(Jdbi jdbi) {
    jdbi.useHandle(handle -> handle.execute("VACUUM ANALYZE"));
    cost(
        "postgres.accountBytes",
        bytes(jdbi, "account") + bytes(jdbi, "follow_count"),
        "bytes",
        "an account with its counters and indexes");
    cost("postgres.followBytes", bytes(jdbi, "follow"), "bytes", "a follow edge with its indexes");
    double text =
        jdbi.withHandle(
            h -> h.createQuery("SELECT avg(length(text)) FROM post").mapTo(Double.class).one());
    cost(
        "postgres.postBytes",
        bytes(jdbi, "post") - text,
        "bytes",
        "a post with its indexes, without its text");
  }

  private static double bytes(Jdbi jdbi, String table) {
    String query =
        "SELECT pg_total_relation_size('%1$s')::float8 / (SELECT count(*) FROM %1$s)"
            .formatted(table);
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(Double.class).one());
  }

  private static long wal(Jdbi jdbi) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint")
            .mapTo(Long.class)
            .one());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void say(String step) {
    System.err.println(String.format(Locale.ROOT, "%s…", step));
  }
}
