package io.freshet.feed;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The stored feeds: for each reader who has one, the newest contiguous window of post ids and its
 * floor.
 *
 * <p>A stored feed begins to exist only by a finished build. Changes that arrive while it is being
 * built are applied to what the build brings; changes to a feed that neither exists nor is being
 * built do nothing. All changes may be repeated. Thread-safe.
 */
public interface FeedStore {

  /** Inserts one post into many feeds. */
  void insert(long post, long[] viewers);

  /** Removes one post from many feeds; a feed left with less than a window is dropped. */
  void remove(long post, long[] viewers);

  /**
   * Adds an author's newest posts to one feed. Below {@code source.floor()} the feed is no longer
   * whole, so its floor rises to it.
   */
  void insertAll(long viewer, FeedWindow source);

  /** Removes posts from one feed; it is dropped if left with less than a window. */
  void removeAll(long viewer, long[] posts);

  /**
   * Up to {@code limit} entries below {@code before}, and marks the feed as read; empty if there is
   * no such feed.
   */
  Optional<FeedWindow> read(long viewer, long before, int limit, Instant now);

  /** The whole stored feed, not marked as read. */
  Optional<FeedWindow> peek(long viewer);

  /**
   * Begins a build and gives its number; an earlier build of this feed can no longer finish. A feed
   * that exists stays until then.
   */
  long beginBuild(long viewer);

  /**
   * Ends the build: the feed is now these entries and what has arrived meanwhile. False if a later
   * build or a drop has overtaken it.
   */
  boolean completeBuild(long viewer, long build, FeedWindow built, Instant now);

  /** Ends the build without a feed, unless a later one has overtaken it. */
  void abandonBuild(long viewer, long build);

  /**
   * Has a build that is under way come to nothing and be begun anew: it has read what is no more.
   */
  default void overtakeBuild(long viewer) {
    abandonBuild(viewer, beginBuild(viewer));
  }

  void drop(long viewer);

  void clear();

  /**
   * Drops the feeds that nobody has read since, and says how many; a store whose feeds expire by
   * themselves drops none.
   */
  int dropUnreadSince(Instant instant);

  /** How many feeds are stored; empty where only a walk over all would tell. */
  OptionalInt size();
}
