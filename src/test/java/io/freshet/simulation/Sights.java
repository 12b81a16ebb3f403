package io.freshet.simulation;

import io.freshet.post.Post;
import java.util.HashSet;
import java.util.Set;

/** What could be seen at some moment of a span of time: who saw whom, and which posts lived. */
final class Sights {
  private record Pair(long viewer, long author) {}

  private final Set<Pair> pairs = new HashSet<>();
  private final Set<Long> posts = new HashSet<>();

  void see(long viewer, long author) {
    pairs.add(new Pair(viewer, author));
  }

  void live(Post post) {
    posts.add(post.id().value());
  }

  void addAll(Sights others) {
    pairs.addAll(others.pairs);
    posts.addAll(others.posts);
  }

  boolean allow(long viewer, Post post) {
    return pairs.contains(new Pair(viewer, post.author().value()))
        && posts.contains(post.id().value());
  }
}
