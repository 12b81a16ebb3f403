package io.freshet.graph;

import io.freshet.platform.Invalidations;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The authors whose posts are pulled, all of them remembered in each process: they are few. A
 * handler refreshes an author before it acts on the change, and tells every process, so no post is
 * left unpushed before every later read pulls its author. What was read before the author's latest
 * flip never replaces what was read after it. Thread-safe.
 */
public final class Celebrities {
  private static final String NAME = "celebrities";

  private final GraphStore store;
  private final Invalidations invalidations;
  private final Map<Long, FollowCounts> flipped = new ConcurrentHashMap<>();

  /** Authors that others have told of, each with the number of the telling. */
  private final Map<Long, Long> told = new ConcurrentHashMap<>();

  /** The number of the telling that all may have changed; 0: they have been read since. */
  private final AtomicLong allTold = new AtomicLong();

  private final AtomicLong changes = new AtomicLong();
  private volatile CelebrityRule rule;

  public Celebrities(GraphStore store, CelebrityRule rule, Invalidations invalidations) {
    this.store = store;
    this.rule = rule;
    this.invalidations = invalidations;
    invalidations.register(NAME, new Told());
  }

  /** Applies the rule to everyone, and follows it from here on. */
  public void follow(CelebrityRule newRule) {
    rule = newRule;
    store.reclassify(newRule);
    reload();
  }

  public CelebrityRule rule() {
    return rule;
  }

  /** Reads all of them anew: at the start, and after an import. */
  public void reload() {
    store.flipped().forEach(this::remember);
  }

  /** Brings this process up to date about one author, and all others if this one had to learn. */
  public FollowCounts refresh(long author) {
    FollowCounts counts = store.counts(author);
    if (isNews(author, counts)) {
      // First the others: should that fail, this process too still has to learn.
      invalidations.publish(NAME, author);
      remember(author, counts);
    }
    return counts;
  }

  /** Brings every process up to date about an author who has flipped. */
  public FollowCounts spread(long author) {
    invalidations.publish(NAME, author);
    FollowCounts counts = store.counts(author);
    remember(author, counts);
    return counts;
  }

  private boolean isNews(long author, FollowCounts counts) {
    return counts.flips() > flipped.getOrDefault(author, FollowCounts.NONE).flips();
  }

  private void remember(long author, FollowCounts counts) {
    if (isNews(author, counts)) {
      // Counted before it shows, so that nobody acts on the news and finds nothing counted.
      changes.incrementAndGet();
      flipped.merge(author, counts, (old, read) -> read.flips() >= old.flips() ? read : old);
    }
  }

  /**
   * Reads anew what others have told of since: after a catch-up, before {@link #pull} is asked of
   * many. All of them, while nobody knows what others tell.
   */
  public void settle() {
    long all = allTold.get();
    if (all != 0 || !invalidations.isTrusted()) {
      reload();
      allTold.compareAndSet(all, 0);
    }
    told.forEach((author, telling) -> {
      remember(author, store.counts(author));
      told.remove(author, telling);
    });
  }

  /** How often anything has changed here: between two equal answers everything stood still. */
  public long changes() {
    return changes.get();
  }

  public Pull pull(long author) {
    return flipped.getOrDefault(author, FollowCounts.NONE).pull();
  }

  public long size() {
    return flipped.values().stream().filter(counts -> counts.pull() != Pull.NO).count();
  }

  /** Those of the authors whose posts are pulled, as of the caller's last catch-up or later. */
  public long[] among(long[] authors) {
    settle();
    if (flipped.isEmpty()) {
      return new long[0];
    }
    return Arrays.stream(authors).filter(author -> pull(author) != Pull.NO).toArray();
  }

  private final class Told implements Invalidations.Forgetful {
    @Override
    public void forget(long author) {
      told.put(author, changes.incrementAndGet());
    }

    @Override
    public void forgetAll() {
      allTold.set(changes.incrementAndGet());
    }
  }
}
