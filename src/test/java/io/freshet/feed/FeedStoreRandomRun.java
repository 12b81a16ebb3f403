package io.freshet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Random operations on a store and on the model beside it; after each, every feed must be what the
 * model says. Posts arrive late, twice, below the floor and after their removal; builds overlap.
 */
final class FeedStoreRandomRun {
  private static final int VIEWERS = 6;

  /** Entries of a build at most: as many as fit. */
  private static final int WHOLE = 8;

  private final FeedStore store;
  private final boolean ours;
  private final FeedModel model;
  private final SplittableRandom random;
  private final long seed;
  private final Map<Long, Set<Long>> builds = new HashMap<>();
  private long lastPost = 100;
  private long second = 1_000;

  FeedStoreRandomRun(FeedStore store, boolean ours, int window, int capacity, long seed) {
    this.store = store;
    this.ours = ours;
    this.model = new FeedModel(window, capacity);
    this.random = new SplittableRandom(seed);
    this.seed = seed;
  }

  void run(int steps) {
    for (int step = 0; step < steps; step++) {
      String done = step();
      for (long viewer = 1; viewer <= VIEWERS; viewer++) {
        Optional<FeedWindow> stored = store.peek(viewer);
        String problem = model.check(viewer, stored);
        assertThat(problem)
            .as("seed %d, step %d, %s, viewer %d", seed, step, done, viewer)
            .isEmpty();
      }
      OptionalInt size = store.size();
      if (size.isPresent()) {
        assertThat(size).as("seed %d, step %d, %s", seed, step, done).hasValue(model.size());
      }
    }
  }

  private String step() {
    int dice = random.nextInt(100);
    if (dice < 45) {
      return insert();
    } else if (dice < 60) {
      return remove();
    } else if (dice < 66) {
      return insertAll();
    } else if (dice < 70) {
      return removeAll();
    } else if (dice < 80) {
      return beginBuild();
    } else if (dice < 90) {
      return endBuild();
    } else if (dice < 97) {
      return read();
    }
    return forget();
  }

  private String insert() {
    long post = post();
    long[] viewers = viewers();
    store.insert(post, viewers);
    for (long viewer : viewers) {
      model.insert(viewer, post);
    }
    return "insert " + post + " into " + Arrays.toString(viewers);
  }

  private String remove() {
    long post = post();
    long[] viewers = viewers();
    store.remove(post, viewers);
    for (long viewer : viewers) {
      model.remove(viewer, new long[] {post});
    }
    return "remove " + post + " from " + Arrays.toString(viewers);
  }

  private String insertAll() {
    long viewer = viewer();
    FeedWindow source = source(3);
    store.insertAll(viewer, source);
    model.insertAll(viewer, source);
    return "insert all " + Arrays.toString(source.ids()) + " from " + source.floor();
  }

  private String removeAll() {
    long viewer = viewer();
    long[] posts = {post(), post(), post()};
    store.removeAll(viewer, posts);
    model.remove(viewer, posts);
    return "remove all " + Arrays.toString(posts);
  }

  private String beginBuild() {
    long viewer = viewer();
    long build = store.beginBuild(viewer);
    builds.computeIfAbsent(viewer, key -> new LinkedHashSet<>()).add(build);
    model.beginBuild(viewer, build);
    return "begin build " + build;
  }

  private String endBuild() {
    long viewer = viewer();
    Set<Long> begun = builds.getOrDefault(viewer, Set.of());
    if (begun.isEmpty()) {
      return "no build to end";
    }
    long build = begun.stream().skip(random.nextInt(begun.size())).findFirst().orElseThrow();
    begun.remove(build);
    if (random.nextInt(4) == 0) {
      store.abandonBuild(viewer, build);
      model.abandonBuild(viewer, build);
      return "abandon build " + build;
    }
    FeedWindow built = source(WHOLE);
    boolean completed = store.completeBuild(viewer, build, built, at(++second));
    assertThat(completed)
        .as("seed %d, complete build %d", seed, build)
        .isEqualTo(model.completeBuild(viewer, build, built, second));
    return "complete build " + build + " with " + Arrays.toString(built.ids());
  }

  private String read() {
    long viewer = viewer();
    long before = random.nextBoolean() ? Long.MAX_VALUE : post();
    int limit = random.nextInt(1, 8);
    Optional<FeedWindow> expected = store.peek(viewer);
    Optional<FeedWindow> page = store.read(viewer, before, limit, at(++second));
    model.read(viewer, second);
    assertThat(page.isPresent()).isEqualTo(expected.isPresent());
    page.ifPresent(got -> {
      FeedWindow whole = expected.orElseThrow();
      assertThat(got.floor()).isEqualTo(whole.floor());
      assertThat(got.ids())
          .as("seed %d, %d below %d", seed, limit, before)
          .containsExactly(
              Arrays.stream(whole.ids()).filter(id -> id < before).limit(limit).toArray());
    });
    return "read " + viewer;
  }

  private String forget() {
    int dice = random.nextInt(4);
    if (dice == 0) {
      store.clear();
      model.clear();
      return "clear";
    }
    if (dice == 1 && ours) {
      long since = second - random.nextInt(40);
      assertThat(store.dropUnreadSince(at(since))).isEqualTo(model.dropUnreadSince(since));
      return "drop unread since " + since;
    }
    long viewer = viewer();
    store.drop(viewer);
    model.drop(viewer);
    return "drop " + viewer;
  }

  /** A new post, or one of the last, which may have been inserted or removed before. */
  private long post() {
    return random.nextInt(3) > 0 ? ++lastPost : lastPost - random.nextInt(30);
  }

  private long viewer() {
    return random.nextLong(1, VIEWERS + 1L);
  }

  private long[] viewers() {
    return random.longs(random.nextInt(1, VIEWERS), 1, VIEWERS + 1L).distinct().toArray();
  }

  /** Posts newest first with a floor: zero, or not above the oldest. */
  private FeedWindow source(int most) {
    TreeSet<Long> ids = new TreeSet<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      ids.add(lastPost - random.nextInt(40));
    }
    long oldest = ids.isEmpty() ? lastPost - 30 : ids.first();
    long floor = random.nextInt(3) > 0 ? 0 : oldest - random.nextInt(3);
    return new FeedWindow(ids.descendingSet().stream().mapToLong(Long::longValue).toArray(), floor);
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }
}
