package io.freshet.simulation;

import io.freshet.graph.Pull;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.testkit.MovableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What feeds are by definition, asked of the simulated database without any code of the product.
 */
record Truth(SimGraph graph, SimPosts posts, MovableClock clock, int people) {

  /** Everything the viewer's feed is made of, newest first. */
  List<Long> feed(long viewer) {
    Instant now = clock.instant();
    return posts.living().stream()
        .filter(post -> sees(viewer, post, now))
        .filter(post -> post.original().map(id -> isFirst(viewer, post, id, now)).orElse(true))
        .map(post -> post.id().value())
        .toList();
  }

  private boolean sees(long viewer, Post post, Instant now) {
    long author = post.author().value();
    return graph.follows(viewer, author) && !graph.hides(viewer, author, now);
  }

  /** Whether this share is the one through which the viewer sees the original. */
  private boolean isFirst(long viewer, Post share, PostId original, Instant now) {
    return original(original)
            .filter(post -> !graph.follows(viewer, post.author().value()))
            .filter(post -> !graph.hides(viewer, post.author().value(), now))
            .isPresent()
        && posts.living().stream()
            .filter(post -> post.original().equals(share.original()))
            .filter(post -> post.id().value() < share.id().value())
            .noneMatch(older -> sees(viewer, older, now));
  }

  /** A share's original, while it lives. */
  private Optional<Post> original(PostId id) {
    return posts.living().stream().filter(post -> post.id().equals(id)).findFirst();
  }

  /** The version of the text that the post shows. */
  int version(Post post) {
    return post.original().flatMap(this::original).orElse(post).version();
  }

  /** Living shares of posts that do not live. */
  List<Post> orphans() {
    return posts.living().stream()
        .filter(post -> post.original().filter(id -> original(id).isEmpty()).isPresent())
        .toList();
  }

  /** All that can be seen at this moment. */
  Sights sights() {
    Sights sights = new Sights();
    Instant now = clock.instant();
    for (long viewer = 1; viewer <= people; viewer++) {
      for (long author = 1; author <= people; author++) {
        if (graph.follows(viewer, author) && !graph.hides(viewer, author, now)) {
          sights.see(viewer, author);
        }
        if (!graph.hides(viewer, author, now)) {
          sights.tolerate(viewer, author);
        }
      }
    }
    posts.living().forEach(sights::live);
    posts.all().forEach(sights::wrote);
    return sights;
  }

  /** What a stored feed with this floor must hold, and all that it may hold. */
  record Stored(List<Long> required, Set<Long> allowed) {}

  Stored stored(long viewer, long floor) {
    List<Long> required = new ArrayList<>();
    Set<Long> allowed = new HashSet<>();
    for (Post post : posts.living()) {
      long id = post.id().value();
      if (id >= floor && graph.follows(viewer, post.author().value())) {
        allowed.add(id);
        if (graph.counts(post.author().value()).pull() == Pull.NO) {
          required.add(id);
        }
      }
    }
    return new Stored(required, allowed);
  }
}
