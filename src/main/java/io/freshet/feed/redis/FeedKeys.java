package io.freshet.feed.redis;

import java.util.List;

/** The names of keys, without what all keys of a shard begin with. */
final class FeedKeys {
  /** The builds in progress of the shard, with their changes. */
  static final String BUILDS = "builds";

  /** When they count as given up. */
  static final String DEADLINES = "deadlines";

  private FeedKeys() {}

  /** The stored feed of a viewer. */
  static String feed(long viewer) {
    return "f:" + viewer;
  }

  /** What a change of one feed touches. */
  static List<String> withBuilds(long viewer) {
    return List.of(feed(viewer), BUILDS, DEADLINES);
  }
}
