package io.freshet.bench;

import io.freshet.account.AccountId;
import io.freshet.app.DatabaseHost;
import io.freshet.app.Progress;
import io.freshet.app.bulk.BulkImport;
import io.freshet.app.bulk.GraphFile;
import io.freshet.app.bulk.PostTexts;
import io.freshet.app.bulk.SocialGraph;
import io.freshet.app.bulk.Town;
import io.freshet.app.bulk.Towns;
import io.freshet.platform.FreshetConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine.Option;

/**
 * The people whom a benchmark of the whole works with: a real graph if there is one, else a made-up
 * one; one account more, "star", is followed by all. It is imported once and kept for the next run.
 */
final class BenchTown {
  private static final long SEED = 1;

  /** The text of the posts that benchmarks write: the next one removes them. */
  static final String TEXT = "a measured post";

  @Option(
      names = "--graph",
      paramLabel = "FILE",
      description = "the graph; if it is missing, one is made up: ${DEFAULT-VALUE}")
  Path graph = Path.of("../shared/data/graphs/ego-twitter.jlg.gz");

  @Option(
      names = "--people",
      description = "people of a made-up graph, 16 follows each: ${DEFAULT-VALUE}")
  int people = 80_000;

  @Option(names = "--posts", description = "posts an account: ${DEFAULT-VALUE}")
  int posts = 20;

  @Option(
      names = "--home",
      paramLabel = "DIRECTORY",
      description = "where towns are kept for the next run: ${DEFAULT-VALUE}")
  Path home = Path.of("target/bench");

  /** The settings to run it with, imported if it has not been yet. */
  FreshetConfig prepare() throws IOException {
    Path place = place();
    Path ready = place.resolve("ready");
    FreshetConfig config = config(place);
    if (!Files.exists(ready)) {
      System.err.println("Importing the town (a minute, once)…");
      try (DatabaseHost host = DatabaseHost.open(config)) {
        SocialGraph read = Files.exists(graph) ? GraphFile.read(graph, false) : powerLaw(people);
        SocialGraph all = read.withStar();
        Town town =
            new Town(
                new Towns(SEED).peopleOf(all, "n", Optional.empty()),
                all,
                posts,
                PostTexts.madeUp(SEED));
        int threshold = config.celebrity().threshold();
        new BulkImport(host.database(), threshold, InstantSource.system(), Progress.SILENT)
            .run(town);
      }
      Files.createFile(ready);
    }
    return config;
  }

  /** Its directory: another one for another schema. */
  Path place() throws IOException {
    String name = Files.exists(graph) ? graph.getFileName().toString() : "made-up-" + people;
    return home.resolve(name.replaceFirst("\\..*", "") + "-" + posts + "-" + schema());
  }

  static String schema() throws IOException {
    CRC32 sum = new CRC32();
    try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/migration"))) {
      for (Path script : scripts.sorted().toList()) {
        sum.update(Files.readAllBytes(script));
      }
    }
    return Long.toHexString(sum.getValue());
  }

  String description() {
    return (Files.exists(graph)
            ? graph.getFileName().toString()
            : "a made-up power-law graph (seed 1, no graph file) of %,d people".formatted(people))
        + ", a star whom all follow, %d posts an account".formatted(posts);
  }

  /** Takes back what earlier runs have written, so that all begin with the same posts. */
  static void forgetMeasuredPosts(Jdbi jdbi) {
    jdbi.useHandle(handle -> handle.execute("DELETE FROM post WHERE text = ?", TEXT));
  }

  static AccountId star(Jdbi jdbi) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT id FROM account WHERE handle = ?")
            .bind(0, Towns.STAR)
            .mapTo(Long.class)
            .map(AccountId::new)
            .one());
  }

  /** Accounts at random that somebody follows besides whom everybody follows. */
  static List<Long> authors(Jdbi jdbi, int count) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT account_id FROM follow_count
                WHERE followers BETWEEN 1 AND (SELECT max(followers) - 1 FROM follow_count)
                ORDER BY hashint8extended(account_id, 1) LIMIT ?
                """)
            .bind(0, count)
            .mapTo(Long.class)
            .list());
  }

  private static FreshetConfig config(Path place) {
    return FreshetConfig.load(
        Map.of("FRESHET_HOME", place.toString()), Map.of("feed.maxFeeds", "200000"));
  }

  /** Everyone follows 16 others; how many follow each falls with the square root of the rank. */
  private static SocialGraph powerLaw(int people) {
    SplittableRandom random = new SplittableRandom(SEED);
    SocialGraph.Builder builder = new SocialGraph.Builder();
    for (int person = 0; person < people; person++) {
      builder.index(person);
    }
    for (int person = 0; person < people; person++) {
      for (int i = 0; i < 16; i++) {
        double u = random.nextDouble();
        builder.addIndexed(person, (int) (people * u * u));
      }
    }
    return builder.build();
  }
}
