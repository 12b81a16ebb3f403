package io.freshet.simulation;

import io.freshet.post.Post;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What could be seen at some moment of a span of time: who saw whom, and which posts lived. */
final class Sights {
  private record Pair(long viewer, long author) {}

  private final Set<Pair> pairs = new HashSet<>();
  private final Set<Pair> tolerated = new HashSet<>();
  private final Set<Long> posts = new HashSet<>();
  private final Map<Long, Long> authors = new HashMap<>();

  void see(long viewer, long author) {
    pairs.add(new Pair(viewer, author));
  }

  /** The author neither hides from the viewer nor is muted. */
  void tolerate(long viewer, long author) {
    tolerated.add(new Pair(viewer, author));
  }

  void wrote(Post post) {
    authors.put(post.id().value(), post.author().value());
  }

  void live(Post post) {
    posts.add(post.id().value());
  }

  void addAll(Sights others) {
    pairs.addAll(others.pairs);
    tolerated.addAll(others.tolerated);
    posts.addAll(others.posts);
    authors.putAll(others.authors);
  }

  boolean allow(long viewer, Post post) {
    return pairs.contains(new Pair(viewer, post.author().value()))
        && posts.contains(post.id().value())
        && post.original().map(original -> allowThrough(viewer, original.value())).orElse(true);
  }

  private boolean allowThrough(long viewer, long original) {
    return posts.contains(original)
        && tolerated.contains(new Pair(viewer, authors.getOrDefault(original, 0L)));
  }
}
