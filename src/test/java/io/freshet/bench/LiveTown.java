package io.freshet.bench;

import io.freshet.app.DatabaseHost;
import io.freshet.app.Progress;
import io.freshet.app.bulk.BulkImport;
import io.freshet.app.bulk.Person;
import io.freshet.app.bulk.SocialGraph;
import io.freshet.app.bulk.Town;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The people of {@code bench/live}: readers, who all follow the star and the celebrity and some
 * authors; authors; and idlers, who follow people that never post.
 *
 * @param idlers their ids
 * @param readers their ids
 * @param authors with how many readers follow each
 * @param star whom all readers follow, and who is fanned out
 * @param celebrity whom all readers follow, and who is not
 */
record LiveTown(
    List<Long> idlers, List<Long> readers, List<Author> authors, Author star, Author celebrity) {
  /** Idlers follow some of so many. */
  private static final int NEIGHBOURS = 2_000;

  private static final int NEIGHBOURS_EACH = 16;
  private static final int SEED = 1;

  /** Who posts, and how many readers hear of it. */
  record Author(long id, int followers) {}

  /**
   * How many there are of whom.
   *
   * @param followees authors that each reader follows, besides the two whom all follow
   */
  record Sizes(int idlers, int readers, int authors, int followees) {
    /** Nobody but the celebrity has as many followers. */
    int celebrityThreshold() {
      return Math.max(readers, idlers) + 1;
    }

    private int firstAuthor() {
      return readers;
    }

    private int star() {
      return readers + authors;
    }

    private int celebrity() {
      return star() + 1;
    }

    private int firstIdler() {
      return celebrity() + 1;
    }

    private int firstNeighbour() {
      return firstIdler() + idlers;
    }

    private int firstWatcher() {
      return firstNeighbour() + NEIGHBOURS;
    }

    private int watchers() {
      return celebrityThreshold() - readers;
    }

    private int people() {
      return firstWatcher() + watchers();
    }
  }

  /** Writes it into the database of this home, or of the settings. */
  static LiveTown settle(Sizes sizes, Path home, Map<String, String> settings) {
    FreshetConfig config =
        FreshetConfig.load(settings, Map.of("home", home.toAbsolutePath().toString()));
    try (DatabaseHost host = DatabaseHost.open(config)) {
      Database database = host.database();
      SocialGraph graph = graph(sizes);
      Town town = new Town(people(sizes.people()), graph, 3, List.of("An older post."));
      new BulkImport(database, sizes.celebrityThreshold(), InstantSource.system(), Progress.SILENT)
          .run(town);
      return of(sizes, ids(database), followers(graph));
    }
  }

  private static LiveTown of(Sizes sizes, List<Long> ids, int[] followers) {
    List<Author> authors = new ArrayList<>();
    for (int i = sizes.firstAuthor(); i < sizes.star(); i++) {
      if (followers[i] > 0) {
        authors.add(new Author(ids.get(i), followers[i]));
      }
    }
    return new LiveTown(
        List.copyOf(ids.subList(sizes.firstIdler(), sizes.firstNeighbour())),
        List.copyOf(ids.subList(0, sizes.readers())),
        List.copyOf(authors),
        new Author(ids.get(sizes.star()), sizes.readers()),
        new Author(ids.get(sizes.celebrity()), sizes.readers()));
  }

  private static int[] followers(SocialGraph graph) {
    int[] counts = new int[graph.nodes().length];
    for (long edge : graph.edges()) {
      // The lower half of an edge is whom it leads to.
      counts[(int) edge]++;
    }
    return counts;
  }

  private static List<Person> people(int count) {
    List<Person> people = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      people.add(
          new Person("p%07d".formatted(i), "Nobody", "Real", "Nowhere", "", Optional.empty()));
    }
    return people;
  }

  private static SocialGraph graph(Sizes sizes) {
    SplittableRandom random = new SplittableRandom(SEED);
    SocialGraph.Builder graph = new SocialGraph.Builder();
    for (int i = 0; i < sizes.people(); i++) {
      graph.index(i);
    }
    for (int reader = 0; reader < sizes.readers(); reader++) {
      graph.addIndexed(reader, sizes.star());
      graph.addIndexed(reader, sizes.celebrity());
      for (int i = 0; i < sizes.followees(); i++) {
        graph.addIndexed(reader, sizes.firstAuthor() + skewed(random, sizes.authors()));
      }
    }
    // Those who are not connected make the celebrity one.
    for (int i = 0; i < sizes.watchers(); i++) {
      graph.addIndexed(sizes.firstWatcher() + i, sizes.celebrity());
    }
    for (int idler = 0; idler < sizes.idlers(); idler++) {
      for (int i = 0; i < NEIGHBOURS_EACH; i++) {
        graph.addIndexed(
            sizes.firstIdler() + idler, sizes.firstNeighbour() + random.nextInt(NEIGHBOURS));
      }
    }
    return graph.build();
  }

  /** The first are followed more than the last. */
  private static int skewed(SplittableRandom random, int count) {
    double u = random.nextDouble();
    return (int) (count * Math.pow(u, 1.5));
  }

  private static List<Long> ids(Database database) {
    return database
        .jdbi()
        .withHandle(sql ->
            sql.createQuery("SELECT id FROM account ORDER BY handle").mapTo(Long.class).list());
  }

  String description() {
    int[] followers = authors.stream().mapToInt(Author::followers).sorted().toArray();
    return "%,d readers; of %,d authors the 10th percentile has %d connected followers, the mean %.1f, the 90th %d"
        .formatted(
            readers.size(),
            authors.size(),
            followers[followers.length / 10],
            Arrays.stream(followers).average().orElse(0),
            followers[followers.length * 9 / 10]);
  }
}
