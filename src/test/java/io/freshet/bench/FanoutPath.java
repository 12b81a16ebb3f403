package io.freshet.bench;

import io.freshet.account.AccountId;
import io.freshet.app.OpenApp;
import io.freshet.graph.FollowerPage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Entries a second through the whole: posts written, outbox, queue, follower pages of the database,
 * insertion. Beside it, the pages read alone and the same pages inserted alone.
 */
final class FanoutPath {
  private static final int PAGE = 1_000;
  private static final int WRITERS = 16;

  private final OpenApp app;
  private final AccountId star;
  private final List<Long> authors;

  private FanoutPath(OpenApp app, int authors) {
    this.app = app;
    this.star = BenchTown.star(app.jdbi());
    this.authors = BenchTown.authors(app.jdbi(), authors);
  }

  /**
   * Measures into the report.
   *
   * @param starPosts posts of the account whom all follow, a round
   * @param authors authors who write one post each, a round
   */
  static void measure(Report report, BenchTown town, int starPosts, int authors, int rounds)
      throws IOException {
    try (OpenApp app = new OpenApp(town.prepare())) {
      BenchTown.forgetMeasuredPosts(app.jdbi());
      app.storeAll();
      new FanoutPath(app, authors).measure(report.condition(town.description()), starPosts, rounds);
    }
  }

  private void measure(Report report, int starPosts, int rounds) {
    double[] big = new double[rounds];
    double[] small = new double[rounds];
    double[] pages = new double[rounds];
    double[] inserts = new double[rounds];
    List<Long> stars = java.util.Collections.nCopies(starPosts, star.value());
    for (int round = -1; round < rounds; round++) {
      int i = Math.max(round, 0);
      big[i] = throughPosts(stars);
      small[i] = throughPosts(authors);
      pages[i] = pagesAlone(starPosts);
      inserts[i] = insertsAlone(starPosts);
    }
    int followers = followers(star.value());
    double paged = new Samples(pages).median();
    report
        .against(
            "end to end, posts with %,d followers".formatted(followers),
            new Samples(big).median(),
            "M entries/s",
            "follower pages alone",
            paged,
            ">= 10 M/s")
        .against(
            "end to end, posts with %,d followers".formatted(followers),
            new Samples(big).median(),
            "M entries/s",
            "inserts alone, pages in memory",
            new Samples(inserts).median(),
            "")
        .against(
            "end to end, posts of random authors (%,d followers on average)"
                .formatted(entries(authors) / authors.size()),
            new Samples(small).median(),
            "M entries/s",
            "follower pages alone",
            paged,
            "");
  }

  /** Million entries a second, from the first post until nothing is left to do. */
  private double throughPosts(List<Long> by) {
    long entries = entries(by);
    long start = System.nanoTime();
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      by.forEach(author ->
          writers.execute(
              () -> app.posts().publish(new AccountId(author), BenchTown.TEXT, Optional.empty())));
    }
    while (app.backlog() > 0) {
      LockSupport.parkNanos(200_000);
    }
    return millionsASecond(entries, start);
  }

  private double pagesAlone(int times) {
    long entries = 0;
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      long after = 0;
      for (FollowerPage page = page(after); page.followers().length > 0; page = page(after)) {
        entries += page.followers().length;
        after = page.followers()[page.followers().length - 1];
      }
    }
    return millionsASecond(entries, start);
  }

  private double insertsAlone(int times) {
    long post = app.posts().publish(star, BenchTown.TEXT, Optional.empty()).post().id().value();
    long entries = 0;
    long nanos = 0;
    long after = 0;
    for (FollowerPage page = page(after); page.followers().length > 0; page = page(after)) {
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        app.feedStore().insert(post + i, page.followers());
      }
      nanos += System.nanoTime() - start;
      entries += (long) times * page.followers().length;
      after = page.followers()[page.followers().length - 1];
    }
    return entries * 1e3 / nanos;
  }

  private FollowerPage page(long after) {
    return app.graph().followers(star.value(), after, PAGE);
  }

  private long entries(List<Long> by) {
    return by.stream().mapToLong(this::followers).sum();
  }

  private int followers(long author) {
    return app.graph().counts(author).followers();
  }

  private static double millionsASecond(long entries, long start) {
    return entries * 1e3 / (System.nanoTime() - start);
  }
}
