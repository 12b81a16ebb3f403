package io.freshet.bench;

import io.freshet.account.AccountId;
import io.freshet.app.OpenApp;
import io.freshet.feed.FeedWindow;
import io.freshet.graph.FollowerPage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Posts written at a fixed rate, each watched until it is in all followers' feeds. */
final class PostLoad {
  private static final int AUTHORS = 2_000;
  private static final int STAR_SAMPLE = 1_000;
  private static final int PAGE = 10_000;
  private static final long LOOK_NANOS = 100_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Milliseconds measured so far. */
  record Times(Queue<Double> answers, Queue<Double> arrivals, Queue<Double> stars) {
    Times() {
      this(
          new ConcurrentLinkedQueue<>(),
          new ConcurrentLinkedQueue<>(),
          new ConcurrentLinkedQueue<>());
    }
  }

  private record Author(AccountId id, long[] followers) {}

  /** A post that is on its way; {@code left} followers, from the first on, are still to be seen. */
  private static final class Watched {
    final long post;
    final long[] followers;
    final long answeredAt;
    final boolean star;
    int left;

    Watched(long post, Author author, boolean star) {
      this.post = post;
      this.followers = author.followers();
      this.answeredAt = System.nanoTime();
      this.star = star;
      this.left = followers.length;
    }
  }

  private final OpenApp app;
  private final Author star;
  private final List<Author> authors = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private final Queue<Watched> written = new ConcurrentLinkedQueue<>();

  PostLoad(OpenApp app) {
    this.app = app;
    AccountId starId = BenchTown.star(app.jdbi());
    this.star = new Author(starId, sample(followers(starId.value())));
    Map<Long, long[]> known = new HashMap<>();
    for (long id : BenchTown.authors(app.jdbi(), AUTHORS)) {
      authors.add(new Author(new AccountId(id), known.computeIfAbsent(id, this::followers)));
    }
  }

  /** Runs the load for so long and waits until all posts have arrived. */
  void run(int rate, int starRate, int seconds, Times times) throws InterruptedException {
    int posts = rate * seconds;
    int starPosts = starRate * seconds;
    FutureTask<Void> watcher = new FutureTask<>(() -> watch(posts + starPosts, times), null);
    Thread.ofPlatform().name("watcher").start(watcher);
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (int i = 0; i < posts; i++) {
        waitUntil(start + i * TimeUnit.SECONDS.toNanos(1) / rate);
        Author author = authors.get(random.nextInt(authors.size()));
        writers.execute(() -> write(author, false, times));
        if ((i + 1L) * starRate / rate > (long) i * starRate / rate) {
          writers.execute(() -> write(star, true, times));
        }
      }
    }
    try {
      watcher.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void write(Author author, boolean isStar, Times times) {
    long start = System.nanoTime();
    long post =
        app.posts().publish(author.id(), BenchTown.TEXT, Optional.empty()).post().id().value();
    Watched watched = new Watched(post, author, isStar);
    written.add(watched);
    if (!isStar) {
      times.answers().add((watched.answeredAt - start) / 1e6);
    }
  }

  private void watch(int expected, Times times) {
    List<Watched> pending = new ArrayList<>();
    int seen = 0;
    long lastSeen = System.nanoTime();
    while (seen < expected) {
      for (Watched next = written.poll(); next != null; next = written.poll()) {
        pending.add(next);
      }
      int before = pending.size();
      pending.removeIf(watched -> hasArrived(watched, times));
      seen += before - pending.size();
      lastSeen = before > pending.size() ? System.nanoTime() : lastSeen;
      if (System.nanoTime() - lastSeen > PATIENCE_NANOS) {
        throw new IllegalStateException(
            new TimeoutException(pending.size() + " posts are missing"));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Followers get a post in the order of their ids: the last is looked at first. */
  private boolean hasArrived(Watched watched, Times times) {
    while (watched.left > 0) {
      long follower = watched.followers[watched.left - 1];
      Optional<FeedWindow> head =
          app.feedStore().read(follower, watched.post + 1, 1, InstantSource.system().instant());
      boolean there =
          head.map(feed -> feed.ids().length == 1 && feed.ids()[0] == watched.post).orElse(true);
      if (!there) {
        return false;
      }
      watched.left--;
    }
    double millis = (System.nanoTime() - watched.answeredAt) / 1e6;
    (watched.star ? times.stars() : times.arrivals()).add(millis);
    return true;
  }

  private long[] followers(long author) {
    long[] all = new long[0];
    long after = 0;
    while (true) {
      FollowerPage page = app.graph().followers(author, after, PAGE);
      long[] more = page.followers();
      if (more.length == 0) {
        return all;
      }
      int size = all.length;
      all = Arrays.copyOf(all, size + more.length);
      System.arraycopy(more, 0, all, size, more.length);
      after = more[more.length - 1];
    }
  }

  /** Some of them, the last among them. */
  private static long[] sample(long[] followers) {
    int step = Math.max(1, followers.length / STAR_SAMPLE);
    long[] some = new long[Math.ceilDiv(followers.length, step)];
    for (int i = 0; i < some.length; i++) {
      some[some.length - 1 - i] = followers[followers.length - 1 - i * step];
    }
    return some;
  }

  private static void waitUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
