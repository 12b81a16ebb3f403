package io.freshet.simulation;

import io.freshet.post.Post;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a reader sees of a feed: a page loaded once, and what live events did to it since. */
final class Screen {
  private final long viewer;
  private final NavigableMap<Long, Integer> versions = new TreeMap<>(Collections.reverseOrder());

  /** The greatest version of each post that was ever shown. */
  private final Map<Long, Integer> seen = new HashMap<>();

  private long floor;

  Screen(long viewer) {
    this.viewer = viewer;
  }

  /**
   * @param from the id of the oldest post that the page reaches to; 0 if it is the whole feed
   */
  void load(List<Post> page, long from) {
    versions.clear();
    floor = from;
    page.forEach(this::show);
  }

  boolean reaches(long post) {
    return post >= floor;
  }

  boolean shows(long post) {
    return versions.containsKey(post);
  }

  void show(Post post) {
    int version = Math.max(post.version(), versions.getOrDefault(post.id().value(), 0));
    versions.put(post.id().value(), version);
    int greatest = seen.merge(post.id().value(), version, Math::max);
    if (version < greatest) {
      throw new AssertionError(
          "G7: %s sees version %d of %s after %d".formatted(viewer, version, post.id(), greatest));
    }
  }

  void remove(long post) {
    versions.remove(post);
  }

  long floor() {
    return floor;
  }

  /** The versions shown, by post, newest first. */
  Map<Long, Integer> versions() {
    return Collections.unmodifiableMap(versions);
  }
}
