package io.freshet.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The authors whose posts are pulled, all of them remembered in this process: they are few. A
 * handler refreshes an author before it acts on the change, so no post is left unpushed before
 * every later read pulls its author. What was read before the author's latest flip never replaces
 * what was read after it. Thread-safe.
 */
public final class Celebrities {
  private final GraphStore store;
  private final Map<Long, FollowCounts> flipped = new ConcurrentHashMap<>();
  private volatile CelebrityRule rule;

  public Celebrities(GraphStore store, CelebrityRule rule) {
    this.store = store;
    this.rule = rule;
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

  /** Brings this process up to date about one author. */
  public FollowCounts refresh(long author) {
    FollowCounts counts = store.counts(author);
    if (counts.pull() != Pull.NO || counts.flips() > 0) {
      remember(author, counts);
    }
    return counts;
  }

  private void remember(long author, FollowCounts counts) {
    flipped.merge(author, counts, (old, read) -> read.flips() >= old.flips() ? read : old);
  }

  public Pull pull(long author) {
    return flipped.getOrDefault(author, FollowCounts.NONE).pull();
  }

  public long size() {
    return flipped.values().stream().filter(counts -> counts.pull() != Pull.NO).count();
  }

  /** Those of the authors whose posts are pulled. */
  public long[] among(long[] authors) {
    if (flipped.isEmpty()) {
      return new long[0];
    }
    return Arrays.stream(authors).filter(author -> pull(author) != Pull.NO).toArray();
  }
}
