package io.freshet.feed.redis;

import io.freshet.feed.FeedWindow;
import io.freshet.feed.Merge;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A change of one stored feed. */
sealed interface FeedChange {
  record Add(FeedWindow source) implements FeedChange {}

  record Take(long[] posts) implements FeedChange {}

  /**
   * How much a feed holds.
   *
   * @param window posts it must have to be kept, unless there are no older ones
   * @param capacity posts left when it is trimmed
   * @param most posts it may have before it is trimmed
   */
  record Limits(int window, int capacity, int most) {}

  /** The feed after this change; nothing if it is left with less than a window. */
  default Optional<FeedWindow> applyTo(FeedWindow feed, Limits limits) {
    FeedWindow changed =
        switch (this) {
          case Add(FeedWindow source) -> added(feed, source, limits);
          case Take(long[] posts) -> taken(feed, posts);
        };
    return changed.ids().length < limits.window() && changed.floor() > 0
        ? Optional.empty()
        : Optional.of(changed);
  }

  private static FeedWindow added(FeedWindow feed, FeedWindow source, Limits limits) {
    long floor = Math.max(feed.floor(), source.floor());
    long[] ids =
        Merge.newest(List.of(feed.ids(), source.ids()), Long.MAX_VALUE, floor, limits.most() + 1);
    return trimmed(new FeedWindow(ids, floor), limits);
  }

  static FeedWindow trimmed(FeedWindow feed, Limits limits) {
    if (feed.ids().length <= limits.most()) {
      return feed;
    }
    long[] kept = Arrays.copyOf(feed.ids(), limits.capacity());
    return new FeedWindow(kept, Math.max(feed.floor(), kept[kept.length - 1]));
  }

  private static FeedWindow taken(FeedWindow feed, long[] posts) {
    long[] gone = posts.clone();
    Arrays.sort(gone);
    return new FeedWindow(
        Arrays.stream(feed.ids()).filter(id -> Arrays.binarySearch(gone, id) < 0).toArray(),
        feed.floor());
  }
}
