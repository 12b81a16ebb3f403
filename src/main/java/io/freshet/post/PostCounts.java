package io.freshet.post;

import io.freshet.platform.Invalidations;
import io.freshet.platform.NearCache;
import java.util.Collection;
import java.util.Map;

/**
 * The counters of posts, remembered in each process and forgotten with each change. They follow
 * likes, comments and shares within moments, by {@link #settle}. Thread-safe.
 */
public final class PostCounts {
  private static final String NAME = "post-counts";

  /** The share of the heap that counters may take. */
  private static final double HEAP_SHARE = 0.02;

  private static final int COUNTS_BYTES = 100;

  private final CountStore store;
  private final NearCache<Counts> counts;

  public PostCounts(CountStore store, Invalidations invalidations) {
    this.store = store;
    this.counts =
        new NearCache<>(
            NAME,
            NearCache.share(HEAP_SHARE),
            (id, kept) -> COUNTS_BYTES,
            invalidations.shared(NAME, new CountsCodec(), store::find),
            invalidations);
  }

  /** Of all these posts, as of the caller's last {@link Invalidations#catchUp} or later. */
  public Map<Long, Counts> findAll(Collection<Long> posts) {
    return counts.getAll(posts);
  }

  /**
   * Moves what came and went into the counters of a post, and says what they are then. May be
   * called as often as one likes, in any order and by several at once.
   */
  public Counts settle(long post) {
    try {
      Settled settled = store.settle(post);
      while (settled.isMoreLeft()) {
        settled = store.settle(post);
      }
      return settled.counts();
    } finally {
      // Also when nothing was left to do: who did it may have died before anybody was told.
      counts.invalidate(post);
    }
  }

  /** Counts a post anew, for one whose counters are wrong. */
  public void recount(long post) {
    try {
      store.recount(post);
    } finally {
      counts.invalidate(post);
    }
  }

  /** Of all these posts, past what is remembered. */
  public Map<Long, Counts> read(Collection<Long> posts) {
    return posts.isEmpty() ? Map.of() : store.find(posts);
  }

  public void forget(long post) {
    counts.invalidate(post);
  }

  public void forgetAll() {
    counts.invalidateAll();
  }
}
