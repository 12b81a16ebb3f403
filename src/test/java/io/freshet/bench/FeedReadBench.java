package io.freshet.bench;

import io.freshet.app.ManagementClient;
import io.freshet.app.Progress;
import io.freshet.app.RunFile;
import io.freshet.platform.Json;
import io.freshet.testkit.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Feed pages served a second over HTTP, against nginx with a static body of the same size. */
@Command(
    name = "bench/feed-read",
    mixinStandardHelpOptions = true,
    description = {
      "Starts Freshet and nginx, and has wrk read GET /api/v1/feed?limit=20 with the tokens of many "
          + "readers over kept-alive connections, in turns with the same requests to nginx."
    })
final class FeedReadBench implements Callable<Integer> {
  private static final String PATH = "/api/v1/feed?limit=20";

  @Option(names = "--store", description = "heap or redis: ${DEFAULT-VALUE}")
  Store store = Store.HEAP;

  @Mixin BenchTown town = new BenchTown();

  @Option(names = "--readers", description = "readers whose feeds are read: ${DEFAULT-VALUE}")
  int readers = 1_000;

  @Option(names = "--connections", description = "connections at full load: ${DEFAULT-VALUE}")
  int connections = 32;

  @Option(names = "--seconds", description = "seconds of each run of wrk: ${DEFAULT-VALUE}")
  int seconds = 6;

  @Option(names = "--rounds", description = "rounds, after 1 to warm up: ${DEFAULT-VALUE}")
  int rounds = 3;

  @Option(names = "--json", description = "one JSON object instead of a table")
  boolean json;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new FeedReadBench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    measure(Path.of("").toAbsolutePath()).print(System.out, json);
    return 0;
  }

  Report measure(Path root) throws IOException, InterruptedException {
    town.prepare();
    Path directory = Files.createTempDirectory("freshet-bench");
    if (store == Store.HEAP) {
      return measure(root, directory, Map.of());
    }
    try (RedisServer redis = RedisServer.start()) {
      return measure(root, directory, Map.of("REDIS_URL", redis.url()))
          .condition("feeds in a redis-server beside it");
    }
  }

  private Report measure(Path root, Path directory, Map<String, String> environment)
      throws IOException, InterruptedException {
    try (Servers servers = new Servers(directory)) {
      RunFile freshet = servers.freshet(root, town.place(), environment);
      List<String> tokens = tokens(freshet);
      Path file = directory.resolve("tokens");
      Files.write(file, tokens);
      String feed = "http://127.0.0.1:" + freshet.httpPort() + PATH;
      byte[] body = typicalPage(servers, feed, tokens);
      String nginx = "http://127.0.0.1:" + servers.nginx(body) + PATH;
      return compare(new Wrk(root.resolve("bench/feed-read.lua"), file, seconds), feed, nginx)
          .condition("a page of %,d bytes".formatted(body.length));
    }
  }

  private Report compare(Wrk wrk, String feed, String nginx)
      throws IOException, InterruptedException {
    List<Wrk.Outcome> ours = new ArrayList<>();
    List<Wrk.Outcome> theirs = new ArrayList<>();
    List<Wrk.Outcome> half = new ArrayList<>();
    wrk.run(feed, connections);
    for (int round = 0; round <= rounds; round++) {
      Wrk.Outcome peer = wrk.run(nginx, connections);
      Wrk.Outcome full = wrk.run(feed, connections);
      Wrk.Outcome few = wrk.run(feed, 2);
      if (round > 0) {
        theirs.add(peer);
        ours.add(full);
        half.add(few);
      }
    }
    return Report.of("feed-read --store=" + store.name().toLowerCase(Locale.ROOT))
        .condition(town.description())
        .condition("%,d readers whose feeds are stored; wrk on the same cores".formatted(readers))
        .condition(
            "medians of %d rounds of %d s; %d connections, and 2 in place of half the load"
                .formatted(rounds, seconds, connections))
        .against(
            "pages",
            rate(ours),
            "requests/s",
            "nginx, static",
            rate(theirs),
            store == Store.HEAP ? "ratio >= 0.5" : "ratio >= 0.35")
        .against("p50", p50(ours), "ms", "nginx, static", p50(theirs), "")
        .against("p99", p99(ours), "ms", "nginx, static", p99(theirs), "")
        .against("pages, 2 connections", rate(half), "requests/s", "full load", rate(ours), "")
        .against("p50, 2 connections", p50(half), "ms", "full load", p50(ours), "")
        .against("p99, 2 connections", p99(half), "ms", "full load", p99(ours), "<= 5 ms");
  }

  private List<String> tokens(RunFile freshet) {
    JsonNode answer =
        new ManagementClient(freshet)
            .call(
                "accounts.token",
                Json.MAPPER.createObjectNode().put("random", readers).put("seed", 1),
                Progress.SILENT);
    List<String> tokens = new ArrayList<>();
    answer.forEach(one -> tokens.add(one.path("token").asString()));
    return tokens;
  }

  /** Reads every feed once, so that it is stored; returns the page of median length. */
  private static byte[] typicalPage(Servers servers, String url, List<String> tokens)
      throws IOException, InterruptedException {
    List<byte[]> pages = new ArrayList<>();
    for (String token : tokens) {
      pages.add(servers.get(url, Optional.of(token)));
    }
    pages.sort((a, b) -> Integer.compare(a.length, b.length));
    byte[] page = pages.get(pages.size() / 2);
    if (!new String(page, StandardCharsets.UTF_8).contains("\"text\"")) {
      throw new IllegalStateException("the typical page holds no posts");
    }
    return page;
  }

  private static double rate(List<Wrk.Outcome> outcomes) {
    return Samples.of(outcomes.stream().map(Wrk.Outcome::requestsASecond).toList()).median();
  }

  private static double p50(List<Wrk.Outcome> outcomes) {
    return Samples.of(outcomes.stream().map(Wrk.Outcome::p50Millis).toList()).median();
  }

  private static double p99(List<Wrk.Outcome> outcomes) {
    return Samples.of(outcomes.stream().map(Wrk.Outcome::p99Millis).toList()).median();
  }
}
