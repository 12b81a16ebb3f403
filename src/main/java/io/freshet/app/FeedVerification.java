package io.freshet.app;

import io.freshet.account.AccountId;
import io.freshet.feed.FeedWindow;
import io.freshet.platform.Patience;
import io.freshet.post.Post;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Holds cached feeds against the database, list for list: all that the caches hold, and the head of
 * what the reader gets. A difference counts if it is still there once the queue is empty, for
 * events that are on their way explain any other.
 */
final class FeedVerification {
  private static final int BATCH = 50;

  /** How far the reader's view is compared when all feeds are. */
  private static final int HEAD = 20;

  private static final int CHECKS = 5;
  private static final Duration QUIET_WAIT = Duration.ofSeconds(20);

  /** An empty queue may still have a task in a worker's hands. */
  private static final Duration SETTLING = Duration.ofMillis(20);

  private static final int SHOWN = 20;

  /** What came out; {@code examples} says by account id how the first few differ. */
  record Report(
      long feeds, long cached, long differences, long repaired, Map<String, String> examples) {}

  private final Core core;
  private final BooleanSupplier quiet;
  private final int capacity;

  /**
   * @param quiet whether no event waits or is being worked
   */
  FeedVerification(Core core, BooleanSupplier quiet) {
    this.core = core;
    this.quiet = quiet;
    this.capacity = core.config.feed().window() + core.config.feed().slack();
  }

  Report all(boolean repair, Progress progress) {
    Tally tally = new Tally(repair, HEAD);
    long feeds = new AccountWalk(core.jdbi, BATCH).run("feeds compared", progress, tally::check);
    return tally.report(feeds);
  }

  /** The feeds of these people, as far as {@link #all} compares them. */
  Report these(List<Long> viewers, boolean repair) {
    Tally tally = new Tally(repair, HEAD);
    for (int from = 0; from < viewers.size(); from += BATCH) {
      tally.check(viewers.subList(from, Math.min(viewers.size(), from + BATCH)));
    }
    return tally.report(viewers.size());
  }

  Report one(AccountId account, boolean repair) {
    Tally tally = new Tally(repair, core.config.feed().window());
    tally.check(List.of(account.value()));
    return tally.report(1);
  }

  private final class Tally {
    private final boolean repair;
    private final int depth;
    private final AtomicLong cached = new AtomicLong();
    private final AtomicLong repaired = new AtomicLong();
    private final Map<Long, String> differences = new ConcurrentSkipListMap<>();

    Tally(boolean repair, int depth) {
      this.repair = repair;
      this.depth = depth;
    }

    void check(List<Long> viewers) {
      viewers.stream()
          .filter(id -> core.feedStore.peek(id).isPresent())
          .forEach(id -> cached.incrementAndGet());
      for (FeedExpectation expected : FeedExpectation.read(core.jdbi, viewers, capacity, depth)) {
        difference(expected).ifPresent(first -> recheck(expected.viewer(), first));
      }
    }

    private void recheck(long viewer, String first) {
      Optional<String> difference = Optional.of(first);
      for (int i = 1; i < CHECKS && difference.isPresent(); i++) {
        Patience.await(QUIET_WAIT, quiet);
        Patience.await(SETTLING.multipliedBy(i - 1), () -> false);
        difference =
            difference(
                FeedExpectation.read(core.jdbi, List.of(viewer), capacity, depth).getFirst());
      }
      difference.ifPresent(found -> {
        differences.put(viewer, found);
        if (repair) {
          core.viewers.forget(viewer);
          core.feedStore.drop(viewer);
          core.feedBuilder.build(viewer);
          repaired.incrementAndGet();
        }
      });
    }

    /**
     * The cache is looked at before the reader's view is drawn: drawing it would build what is not
     * there.
     */
    private Optional<String> difference(FeedExpectation expected) {
      AccountId viewer = new AccountId(expected.viewer());
      Optional<FeedWindow> cached = core.feeds.cached(viewer);
      Optional<String> difference = cached.flatMap(cache -> difference(expected, cache));
      if (difference.isPresent()) {
        return difference;
      }
      long[] seen =
          core.feeds.page(viewer, Long.MAX_VALUE, depth).items().stream()
              .mapToLong((Post post) -> post.id().value())
              .toArray();
      if (cached.isEmpty()) {
        core.feedStore.drop(expected.viewer());
      }
      return Arrays.equals(seen, expected.seen())
          ? Optional.empty()
          : Optional.of("the reader " + compared(seen, expected.seen()));
    }

    /** Both are whole from the floor up; the expectation also ends where it was cut. */
    private Optional<String> difference(FeedExpectation expected, FeedWindow cache) {
      long[] written = expected.written();
      long end =
          written.length < capacity
              ? cache.floor()
              : Math.max(cache.floor(), written[capacity - 1]);
      long[] found = from(end, cache.ids());
      long[] wanted = from(end, written);
      if (!Arrays.equals(found, wanted)) {
        return Optional.of("the cache " + compared(found, wanted));
      }
      boolean tooShort = cache.floor() > 0 && cache.ids().length < core.config.feed().window();
      return tooShort
          ? Optional.of("the cache holds only " + cache.ids().length + " posts")
          : Optional.empty();
    }

    private static long[] from(long end, long[] ids) {
      return Arrays.stream(ids).filter(id -> id >= end).toArray();
    }

    private static String compared(long[] found, long[] wanted) {
      int at = Arrays.mismatch(found, wanted);
      return "has "
          + (at < found.length ? found[at] : "nothing")
          + " and not "
          + (at < wanted.length ? wanted[at] : "the end")
          + " in place "
          + at;
    }

    Report report(long feeds) {
      Map<String, String> examples = new java.util.LinkedHashMap<>();
      differences.entrySet().stream()
          .limit(SHOWN)
          .forEach(e -> examples.put(Long.toString(e.getKey()), e.getValue()));
      return new Report(feeds, cached.get(), differences.size(), repaired.get(), examples);
    }
  }
}
