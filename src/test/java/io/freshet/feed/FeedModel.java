package io.freshet.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * What a store of feeds must hold, without its trimming: the model keeps everything and says
 * whether a stored window is a right cut of it.
 */
final class FeedModel {
  private static final class Feed {
    final TreeSet<Long> posts = new TreeSet<>();
    long floor;
    long readAt;

    /** The floor the store had after the last step: it never sinks. */
    long storedFloor;

    /** Set by a change that may leave less than a window; cleared by each check. */
    boolean shrunk;

    /** More came than fits: the store has trimmed since the last check, we do not know how much. */
    boolean trimmed;

    /** Since the last check it was, perhaps in between, less than a window and not whole. */
    boolean wasShort;

    void add(long post, int capacity) {
      posts.add(post);
      trimmed |= fromFloor().size() > capacity;
    }

    NavigableSet<Long> fromFloor() {
      return from(Math.max(floor, storedFloor));
    }

    void noteIfShort(int window) {
      boolean isShort = Math.max(floor, storedFloor) > 0 && fromFloor().size() < window;
      wasShort |= shrunk && (isShort || trimmed);
    }

    NavigableSet<Long> from(long lowest) {
      return posts.tailSet(lowest, true);
    }
  }

  private record Build(long number, List<LongConsumer> pending) {}

  private final int window;
  private final int capacity;
  private final Map<Long, Feed> feeds = new HashMap<>();
  private final Map<Long, Build> builds = new HashMap<>();

  FeedModel(int window, int capacity) {
    this.window = window;
    this.capacity = capacity;
  }

  void insert(long viewer, long post) {
    change(
        viewer,
        id -> {
          Feed feed = feeds.get(id);
          if (feed != null) {
            feed.add(post, capacity);
            feed.noteIfShort(window);
          }
        });
  }

  void remove(long viewer, long[] posts) {
    change(
        viewer,
        id -> {
          Feed feed = feeds.get(id);
          if (feed != null) {
            Arrays.stream(posts).forEach(feed.posts::remove);
            feed.shrunk = true;
            feed.noteIfShort(window);
          }
        });
  }

  void insertAll(long viewer, FeedWindow source) {
    change(
        viewer,
        id -> {
          Feed feed = feeds.get(id);
          if (feed != null) {
            Arrays.stream(source.ids()).forEach(post -> feed.add(post, capacity));
            feed.floor = Math.max(feed.floor, source.floor());
            feed.shrunk = true;
            feed.noteIfShort(window);
          }
        });
  }

  private void change(long viewer, LongConsumer change) {
    change.accept(viewer);
    Build build = builds.get(viewer);
    if (build != null) {
      build.pending().add(change);
    }
  }

  void beginBuild(long viewer, long number) {
    builds.put(viewer, new Build(number, new ArrayList<>()));
  }

  boolean completeBuild(long viewer, long number, FeedWindow built, long second) {
    Build build = builds.get(viewer);
    if (build == null || build.number() != number) {
      return false;
    }
    builds.remove(viewer);
    Feed feed = new Feed();
    Arrays.stream(built.ids()).forEach(feed.posts::add);
    feed.floor = built.floor();
    feed.readAt = second;
    feed.shrunk = true;
    feeds.put(viewer, feed);
    build.pending().forEach(change -> change.accept(viewer));
    return true;
  }

  void abandonBuild(long viewer, long number) {
    Build build = builds.get(viewer);
    if (build != null && build.number() == number) {
      builds.remove(viewer);
    }
  }

  void read(long viewer, long second) {
    Feed feed = feeds.get(viewer);
    if (feed != null) {
      feed.readAt = second;
    }
  }

  void drop(long viewer) {
    builds.remove(viewer);
    feeds.remove(viewer);
  }

  void clear() {
    builds.clear();
    feeds.clear();
  }

  int dropUnreadSince(long second) {
    int before = feeds.size();
    feeds.values().removeIf(feed -> feed.readAt < second);
    return before - feeds.size();
  }

  int size() {
    return feeds.size();
  }

  /**
   * What is wrong with the stored feed, or nothing. A feed that the store may have dropped, and
   * has, is forgotten here too.
   */
  String check(long viewer, Optional<FeedWindow> stored) {
    Feed feed = feeds.get(viewer);
    if (feed == null) {
      return stored.isPresent() ? "is stored, but nobody built it" : "";
    }
    if (stored.isEmpty()) {
      return checkDropped(viewer, feed);
    }
    feed.shrunk = false;
    feed.trimmed = false;
    feed.wasShort = false;
    FeedWindow cut = stored.get();
    Long[] expected = feed.from(cut.floor()).descendingSet().toArray(Long[]::new);
    Long[] actual = Arrays.stream(cut.ids()).boxed().toArray(Long[]::new);
    if (!Arrays.equals(expected, actual)) {
      return "holds " + Arrays.toString(actual) + " and not " + Arrays.toString(expected);
    }
    if (actual.length > capacity) {
      return "holds " + actual.length + ", more than it may";
    }
    if (cut.floor() < Math.max(feed.floor, feed.storedFloor)) {
      return "has the floor " + cut.floor() + " below what is whole";
    }
    if (cut.floor() > feed.floor && actual.length < window) {
      return "holds " + actual.length + ", less than a window, and is not whole";
    }
    feed.storedFloor = cut.floor();
    return "";
  }

  private String checkDropped(long viewer, Feed feed) {
    feeds.remove(viewer);
    return feed.wasShort ? "" : "is gone, but it was whole or long enough all the time";
  }
}
