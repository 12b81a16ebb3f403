package io.freshet.post;

import io.freshet.platform.Invalidations;
import io.freshet.platform.NearCache;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * The newest posts of each author, remembered in each process and forgotten with each post the
 * author writes or deletes. Thread-safe.
 */
public final class AuthorFeeds {
  private static final String NAME = "author-feeds";

  /** The share of the heap that author feeds may take. */
  private static final double HEAP_SHARE = 0.06;

  /** Bytes of an author feed beside its ids. */
  private static final int FEED_BYTES = 120;

  private final NearCache<AuthorFeed> feeds;

  /**
   * @param limit how many posts of an author are kept: as many as a stored feed can hold, so that
   *     adding them to one leaves no gap
   */
  public AuthorFeeds(PostStore store, int limit, Invalidations invalidations) {
    this.feeds =
        new NearCache<>(
            NAME,
            NearCache.share(HEAP_SHARE),
            (id, feed) -> FEED_BYTES + feed.ids().length * Long.BYTES,
            invalidations.shared(
                NAME, new AuthorFeedCodec(), authors -> store.newest(authors, limit)),
            invalidations);
  }

  /** As of the caller's last {@link Invalidations#catchUp} or later. */
  public AuthorFeed get(long author) {
    return Objects.requireNonNull(feeds.get(author));
  }

  public Map<Long, AuthorFeed> getAll(Collection<Long> authors) {
    return feeds.getAll(authors);
  }

  public void forget(long author) {
    feeds.invalidate(author);
  }

  public void forgetAll() {
    feeds.invalidateAll();
  }
}
