package io.freshet.feed;

import io.freshet.graph.Celebrities;
import io.freshet.graph.Pull;
import io.freshet.graph.Viewer;
import io.freshet.graph.Viewers;
import io.freshet.platform.Invalidations;
import io.freshet.platform.SingleFlight;
import io.freshet.post.AuthorFeed;
import io.freshet.post.AuthorFeeds;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds stored feeds out of the author feeds of all followees, for one reader once however many
 * requests ask at the same time.
 *
 * <p>A build is announced to the store before anything is read, so that whatever commits too late
 * to be read is applied to its result by the fan-out. Celebrities are left out, for they are
 * pulled. Thread-safe.
 */
public final class FeedBuilder {
  /** Times a build starts anew when it is overtaken; then the feed is read from the database. */
  private static final int TRIES = 3;

  private final FeedStore store;
  private final Viewers viewers;
  private final Celebrities celebrities;
  private final AuthorFeeds authorFeeds;
  private final InstantSource clock;
  private final int capacity;
  private final SingleFlight<Boolean> flights;
  private final Invalidations invalidations;

  /**
   * How builds go together with what happens elsewhere.
   *
   * @param flights has each feed built once for all who wait for it in this process
   */
  public record Building(SingleFlight<Boolean> flights, Invalidations invalidations) {}

  /**
   * @param capacity entries a stored feed can hold
   */
  public FeedBuilder(
      FeedStore store,
      Viewers viewers,
      Celebrities celebrities,
      AuthorFeeds authorFeeds,
      InstantSource clock,
      int capacity,
      Building building) {
    this.store = store;
    this.viewers = viewers;
    this.celebrities = celebrities;
    this.authorFeeds = authorFeeds;
    this.clock = clock;
    this.capacity = capacity;
    this.flights = building.flights();
    this.invalidations = building.invalidations();
  }

  /** Builds and stores the feed of one reader, unless it is overtaken by changes too often. */
  public void build(long viewer) {
    flights.run(viewer, () -> buildOnce(viewer));
  }

  private boolean buildOnce(long viewer) {
    for (int tries = 1; ; tries++) {
      long build = store.beginBuild(viewer);
      boolean stored = false;
      try {
        catchUp();
        Viewer reader = viewers.get(viewer);
        FeedWindow built = merge(reader, authorFeeds.getAll(pushedAuthors(reader)));
        stored = store.completeBuild(viewer, build, built, clock.instant());
        if (stored || tries == TRIES) {
          return stored;
        }
      } finally {
        if (!stored) {
          store.abandonBuild(viewer, build);
        }
      }
    }
  }

  /**
   * Builds and stores the feeds of many readers, reading what they need together; those overtaken
   * are built by their next read.
   */
  public void buildAll(List<Long> ids) {
    Map<Long, Long> builds = HashMap.newHashMap(ids.size());
    try {
      ids.forEach(id -> builds.put(id, store.beginBuild(id)));
      catchUp();
      Map<Long, Viewer> readers = viewers.read(ids);
      List<Long> authors =
          readers.values().stream()
              .flatMap(reader -> pushedAuthors(reader).stream())
              .distinct()
              .toList();
      Map<Long, AuthorFeed> feeds = authorFeeds.getAll(authors);
      readers.forEach((id, reader) -> complete(id, builds.remove(id), merge(reader, feeds)));
    } finally {
      builds.forEach(store::abandonBuild);
    }
  }

  /**
   * After the build was announced: a post whose fan-out found neither the feed nor its build is in
   * the author feeds read from here on.
   */
  private void catchUp() {
    invalidations.catchUp();
    celebrities.settle();
  }

  private void complete(long id, @org.jspecify.annotations.Nullable Long build, FeedWindow built) {
    if (build != null && !store.completeBuild(id, build, built, clock.instant())) {
      store.drop(id);
    }
  }

  private List<Long> pushedAuthors(Viewer reader) {
    List<Long> authors = new ArrayList<>(reader.followees().length);
    for (long followee : reader.followees()) {
      if (celebrities.pull(followee) != Pull.YES) {
        authors.add(followee);
      }
    }
    return authors;
  }

  private FeedWindow merge(Viewer reader, Map<Long, AuthorFeed> feeds) {
    List<long[]> sources = new ArrayList<>();
    long floor = 0;
    for (long followee : reader.followees()) {
      AuthorFeed feed = feeds.get(followee);
      if (feed != null && celebrities.pull(followee) != Pull.YES && feed.ids().length > 0) {
        sources.add(feed.ids());
        floor = Math.max(floor, feed.floor());
      }
    }
    long[] ids = Merge.newest(sources, Long.MAX_VALUE, floor, capacity);
    return new FeedWindow(ids, ids.length < capacity ? floor : Math.max(floor, ids[capacity - 1]));
  }
}
