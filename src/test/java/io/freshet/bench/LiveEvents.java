package io.freshet.bench;

import io.freshet.bench.CrowdEars.Heard;
import io.freshet.bench.LivePosts.Sent;
import io.freshet.bench.LiveTown.Author;
import io.freshet.platform.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Posts timed from their sending to their followers' sockets, in quiet and in a storm. */
final class LiveEvents {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long posts go on before a storm, and after it. */
  private static final Duration CALM = Duration.ofSeconds(2);

  private final LiveBench bench;
  private final LiveFixture fixture;
  private final LiveTown town;

  /** Posts and the events that came of them. */
  private record Told(Map<Long, Sent> posts, int refused, Heard heard) {
    /** Milliseconds from the sending to each answer. */
    Samples answers() {
      return Samples.of(
          posts.values().stream().map(post -> (post.answered() - post.sent()) / 1e6).toList());
    }

    /** Milliseconds from the sending to each event. */
    Samples events() {
      List<Double> millis = new ArrayList<>(heard.posts().length);
      for (int i = 0; i < heard.posts().length; i++) {
        Sent post = posts.get(heard.posts()[i]);
        if (post == null) {
          throw new IllegalStateException("an event of a post that nobody has written");
        }
        millis.add((heard.times()[i] - post.sent()) / 1e6);
      }
      return Samples.of(millis);
    }
  }

  LiveEvents(LiveBench bench, LiveFixture fixture) {
    this.bench = bench;
    this.fixture = fixture;
    this.town = fixture.town();
  }

  void measure(Report report) throws IOException, InterruptedException {
    try (LivePosts posts = fixture.posts()) {
      posts.readFeeds(town.readers());
    }
    try (Crowd crowd = fixture.crowd(town.readers())) {
      crowd.awaitConnects(town.readers().size());
      System.err.println("Posting…");
      told(crowd, bench.rate, lasting(Math.max(1, bench.seconds / 2)));
      steady(report, crowd);
      big(report, crowd, "the star's post", town.star());
      big(report, crowd, "the celebrity's post", town.celebrity());
      System.err.println("Cutting all connections…");
      storm(report, crowd);
    }
  }

  private void steady(Report report, Crowd crowd) {
    double before = fixture.node().used();
    Told told = told(crowd, bench.rate, lasting(bench.seconds));
    double used = (fixture.node().used() - before) / bench.seconds;
    Samples answers = told.answers();
    Samples events = told.events();
    String what =
        "%d posts/s, %,.0f events/s: "
            .formatted(bench.rate, (double) told.heard().posts().length / bench.seconds);
    report
        .against(what + "p50", events.median(), "ms", "the author's answer", answers.median(), "")
        .against(
            what + "p99",
            events.percentile(99),
            "ms",
            "the author's answer",
            answers.percentile(99),
            "<= 50 ms")
        .figure(what + "posts refused as busy", told.refused(), "", "0")
        .figure(what + "the server's cores", used, "", "");
  }

  /** One post whom all hear of, again and again: when the first has it, and when the last. */
  private void big(Report report, Crowd crowd, String what, Author author) {
    List<Double> first = new ArrayList<>();
    List<Double> last = new ArrayList<>();
    for (int i = 0; i < bench.starPosts; i++) {
      Told told = one(crowd, author);
      Samples events = told.events();
      first.add(events.percentile(0));
      last.add(events.percentile(100));
    }
    String to = ", to the last of %,d followers".formatted(author.followers());
    report
        .against(
            what + to,
            Samples.of(last).median(),
            "ms",
            "to the first",
            Samples.of(first).median(),
            "")
        .figure(what + to + ", the worst", Samples.of(last).percentile(100), "ms", "");
  }

  private void storm(Report report, Crowd crowd) throws InterruptedException {
    int all = town.readers().size();
    AtomicBoolean isOver = new AtomicBoolean();
    FutureTask<Told> posting = new FutureTask<>(() -> told(crowd, bench.rate, () -> !isOver.get()));
    Thread.ofPlatform().name("posting").start(posting);
    Patience.await(CALM, () -> false);
    int connects = crowd.ears().connects();
    int anew = crowd.ears().toldToLoadAnew();
    int gaps = crowd.ears().gaps();
    double before = fixture.node().used();
    long start = System.nanoTime();
    crowd.storm(bench.atOnce);
    crowd.awaitConnects(connects + all);
    double took = (System.nanoTime() - start) / 1e9;
    double used = fixture.node().used() - before;
    Patience.await(CALM, () -> false);
    isOver.set(true);
    try {
      Told told = posting.get();
      report
          .figure("storm of %,d: all recovered after".formatted(all), took, "s", "")
          .figure("of it on the server's cores", used, "s", "")
          .figure("posts written meanwhile", told.posts().size(), "", "")
          .figure("events heard", told.heard().posts().length, "", "")
          .figure("events missed or twice", crowd.ears().gaps() - gaps, "", "0")
          .figure("told to load anew", crowd.ears().toldToLoadAnew() - anew, "", "")
          .figure("the slowest event", told.events().percentile(100), "ms", "");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Told one(Crowd crowd, Author author) {
    try (LivePosts posts = fixture.posts()) {
      posts.post(author);
      return heard(crowd, posts);
    }
  }

  private Told told(Crowd crowd, int rate, BooleanSupplier goesOn) {
    try (LivePosts posts = fixture.posts()) {
      posts.run(town.authors(), rate, goesOn);
      return heard(crowd, posts);
    }
  }

  /** Waits until all have heard, and fails if somebody did not. */
  private static Told heard(Crowd crowd, LivePosts posts) {
    long due = posts.eventsDue();
    boolean isWhole =
        Patience.await(
            PATIENCE,
            () -> {
              crowd.failIfBroken();
              return crowd.ears().events() >= due;
            });
    Heard heard = crowd.ears().take();
    if (!isWhole || heard.posts().length != due) {
      throw new IllegalStateException(
          "%,d events were due, %,d were heard".formatted(due, heard.posts().length));
    }
    return new Told(posts.posts(), posts.refused(), heard);
  }

  private static BooleanSupplier lasting(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    return () -> System.nanoTime() < end;
  }
}
