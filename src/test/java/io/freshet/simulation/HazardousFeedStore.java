package io.freshet.simulation;

import io.freshet.feed.FeedStore;
import io.freshet.feed.FeedWindow;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/** The real stored feeds, with those bugs that a store can have. */
final class HazardousFeedStore implements FeedStore {
  private final FeedStore store;
  private final Hazards hazards;

  HazardousFeedStore(FeedStore store, Hazards hazards) {
    this.store = store;
    this.hazards = hazards;
  }

  @Override
  public void insert(long post, long[] viewers) {
    store.insert(post, viewers);
    for (long viewer : viewers) {
      Optional<FeedWindow> feed = store.peek(viewer);
      if (feed.isEmpty() && hazards.on(Hazard.INSERT_MAKES_FEED)) {
        replace(viewer, new FeedWindow(new long[] {post}, 0));
      }
      if (feed.isPresent() && post < feed.get().floor() && hazards.on(Hazard.INSERT_BELOW_FLOOR)) {
        long[] ids =
            LongStream.concat(Arrays.stream(feed.get().ids()), LongStream.of(post)).toArray();
        replace(viewer, new FeedWindow(ids, post));
      }
    }
  }

  private void replace(long viewer, FeedWindow feed) {
    store.completeBuild(viewer, store.beginBuild(viewer), feed, Instant.EPOCH);
  }

  @Override
  public boolean completeBuild(long viewer, long build, FeedWindow built, Instant now) {
    long number = hazards.on(Hazard.BUILD_FORGETS_CHANGES) ? store.beginBuild(viewer) : build;
    return store.completeBuild(viewer, number, built, now);
  }

  @Override
  public void remove(long post, long[] viewers) {
    store.remove(post, viewers);
  }

  @Override
  public void insertAll(long viewer, FeedWindow source) {
    store.insertAll(viewer, source);
  }

  @Override
  public void removeAll(long viewer, long[] posts) {
    store.removeAll(viewer, posts);
  }

  @Override
  public Optional<FeedWindow> read(long viewer, long before, int limit, Instant now) {
    return store.read(viewer, before, limit, now);
  }

  @Override
  public Optional<FeedWindow> peek(long viewer) {
    return store.peek(viewer);
  }

  @Override
  public long beginBuild(long viewer) {
    return store.beginBuild(viewer);
  }

  @Override
  public void abandonBuild(long viewer, long build) {
    store.abandonBuild(viewer, build);
  }

  @Override
  public void drop(long viewer) {
    store.drop(viewer);
  }

  @Override
  public void clear() {
    store.clear();
  }

  @Override
  public int dropUnreadSince(Instant instant) {
    return store.dropUnreadSince(instant);
  }

  @Override
  public OptionalInt size() {
    return store.size();
  }
}
