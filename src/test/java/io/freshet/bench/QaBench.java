package io.freshet.bench;

import io.freshet.app.DatabaseHost;
import io.freshet.app.ManagementClient;
import io.freshet.app.Progress;
import io.freshet.app.RunFile;
import io.freshet.app.bulk.QuestionTown;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every request of questions, search and rankings, at a tenth of a volume and at all of it. */
@Command(
    name = "bench/qa",
    mixinStandardHelpOptions = true,
    description = {
      "Starts two servers, one with a tenth of the questions, and reads every kind of page from both"
          + " in turns: a few clients, each of which asks when it has its answer.",
      "Says of each kind p50 and p99 of both and their ratio; fails (exit code 1) when a p99 at the"
          + " full volume is over a second; marks what takes more than 1.5 times as long there."
    })
final class QaBench implements Callable<Integer> {
  @Option(names = "--questions", description = "questions at the full volume: ${DEFAULT-VALUE}")
  int questions = 100_000;

  @Option(names = "--clients", description = "clients at once: ${DEFAULT-VALUE}")
  int clients = 2;

  @Option(names = "--requests", description = "requests of a round: ${DEFAULT-VALUE}")
  int requests = 100;

  @Option(names = "--rounds", description = "rounds, after 2 to warm up: ${DEFAULT-VALUE}")
  int rounds = 5;

  @Option(
      names = "--only",
      paramLabel = "EXPRESSION",
      description = "only kinds in whose names this regular expression is found")
  Pattern only = Pattern.compile("");

  @Option(
      names = "--home",
      paramLabel = "DIRECTORY",
      description = "where towns are kept for the next run: ${DEFAULT-VALUE}")
  Path home = Path.of("target/bench");

  @Option(names = "--json", description = "one JSON object instead of a table")
  boolean json;

  private static final String COMPUTED = "rankings computed";
  private static final int WARM_UP = 2;
  static final long SEED = 1;

  public static void main(String[] args) {
    System.exit(new CommandLine(new QaBench()).execute(args));
  }

  /** A server at one volume, and what is asked of it. */
  record Side(QaSite site, List<QaEndpoint> endpoints) {}

  @Override
  public Integer call() throws Exception {
    Path root = Path.of("").toAbsolutePath();
    Path logs = Files.createTempDirectory("freshet-bench");
    try (Servers small = new Servers(Files.createDirectory(logs.resolve("tenth")));
        Servers large = new Servers(Files.createDirectory(logs.resolve("full")));
        HttpClient client = client()) {
      RunFile tenth = small.freshet(root, town(questions / 10), Map.of());
      RunFile full = large.freshet(root, town(questions), Map.of());
      QaSite fewer = new QaSite(tenth.httpPort(), client);
      QaSite more = new QaSite(full.httpPort(), client);
      List<QaVerdict> verdicts = compare(side(fewer, fewer), side(more, fewer));
      if (isWanted(COMPUTED)) {
        verdicts.add(computed(tenth, full));
      }
      return print(verdicts, System.out);
    }
  }

  static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  Side side(QaSite site, QaSite smallest) throws IOException, InterruptedException {
    return new Side(
        site,
        site.endpoints(smallest).stream().filter(endpoint -> isWanted(endpoint.name())).toList());
  }

  private boolean isWanted(String name) {
    return only.matcher(name).find();
  }

  /** Its directory, written if it has not been yet. */
  private Path town(int volume) throws IOException {
    Path place = home.resolve("qa-" + volume + "-" + BenchTown.schema());
    Path ready = place.resolve("ready");
    if (!Files.exists(ready)) {
      System.err.printf("Writing %,d questions…%n", volume);
      FreshetConfig config = FreshetConfig.load(Map.of("FRESHET_HOME", place.toString()), Map.of());
      try (DatabaseHost host = DatabaseHost.open(config)) {
        new QuestionTown(SEED, InstantSource.system())
            .write(host.database(), volume, Progress.SILENT);
      }
      Files.createFile(ready);
    }
    return place;
  }

  List<QaVerdict> compare(Side tenth, Side full) throws InterruptedException, ExecutionException {
    List<QaVerdict> verdicts = new ArrayList<>();
    for (QaEndpoint endpoint : full.endpoints()) {
      for (QaEndpoint same : tenth.endpoints()) {
        if (same.name().equals(endpoint.name())) {
          verdicts.add(compare(tenth.site(), same, full.site(), endpoint));
        }
      }
    }
    return verdicts;
  }

  private QaVerdict compare(QaSite tenth, QaEndpoint same, QaSite full, QaEndpoint endpoint)
      throws InterruptedException, ExecutionException {
    List<Double> small = new ArrayList<>();
    List<Double> large = new ArrayList<>();
    for (int round = -WARM_UP; round < rounds; round++) {
      List<Double> few = round(tenth, same);
      List<Double> many = round(full, endpoint);
      if (round >= 0) {
        small.addAll(few);
        large.addAll(many);
      }
    }
    return new QaVerdict(endpoint.name(), Samples.of(small), Samples.of(large));
  }

  /** The milliseconds that each request took. */
  private List<Double> round(QaSite site, QaEndpoint endpoint)
      throws InterruptedException, ExecutionException {
    ConcurrentLinkedQueue<Double> times = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<?>> running = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        running.add(
            threads.submit(() -> {
              for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
                String path = endpoint.paths().get(i % endpoint.paths().size());
                long start = System.nanoTime();
                site.get(path);
                times.add((System.nanoTime() - start) / 1e6);
              }
              return null;
            }));
      }
      for (Future<?> client : running) {
        client.get();
      }
    }
    return List.copyOf(times);
  }

  /** Both rankings, computed past the cache, as the operator's command does it. */
  private QaVerdict computed(RunFile tenth, RunFile full) {
    String now = InstantSource.system().instant().toString();
    List<Double> small = new ArrayList<>();
    List<Double> large = new ArrayList<>();
    for (int round = -WARM_UP; round < rounds * 10; round++) {
      double few = computed(tenth, now);
      double many = computed(full, now);
      if (round >= 0) {
        small.add(few);
        large.add(many);
      }
    }
    return new QaVerdict(COMPUTED, Samples.of(small), Samples.of(large));
  }

  private static double computed(RunFile server, String at) {
    long start = System.nanoTime();
    new ManagementClient(server)
        .call("ranking.show", Json.MAPPER.createObjectNode().put("at", at), Progress.SILENT);
    return (System.nanoTime() - start) / 1e6;
  }

  int print(List<QaVerdict> verdicts, PrintStream out) {
    Report report =
        Report.of("qa")
            .condition(
                "%,d questions, and a tenth of it beside on the same machine".formatted(questions))
            .condition(
                "%d clients; %d rounds of %d requests in turns, after %d to warm up; limits off"
                    .formatted(clients, rounds, requests, WARM_UP));
    for (QaVerdict verdict : verdicts) {
      for (int percent : List.of(50, 99)) {
        report.against(
            verdict.endpoint() + ": p" + percent,
            verdict.full().percentile(percent),
            "ms",
            "a tenth",
            verdict.tenth().percentile(percent),
            "<= 1 s, ratio <= 1.5");
      }
    }
    report.print(out, json);
    if (!json) {
      out.printf("%nmilliseconds at a tenth and at the full volume, and their ratio%n");
      verdicts.forEach(verdict -> out.println(verdict.line()));
      out.printf(
          "%d kinds, %d marked (over %.1f times and %.1f ms more), %d over %.0f ms%n",
          verdicts.size(),
          verdicts.stream().filter(verdict -> !verdict.grown().isEmpty()).count(),
          QaVerdict.MOST_RATIO,
          QaVerdict.NOISE_MILLIS,
          verdicts.stream().filter(QaVerdict::isTooSlow).count(),
          QaVerdict.MOST_MILLIS);
    }
    return verdicts.stream().anyMatch(QaVerdict::isTooSlow) ? 1 : 0;
  }
}
