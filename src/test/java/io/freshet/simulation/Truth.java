package io.freshet.simulation;

import io.freshet.graph.Pull;
import io.freshet.post.Post;
import io.freshet.testkit.MovableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What feeds are by definition, asked of the simulated database without any code of the product.
 */
record Truth(SimGraph graph, SimPosts posts, MovableClock clock, int people) {

  /** Everything the viewer's feed is made of, newest first. */
  List<Long> feed(long viewer) {
    Instant now = clock.instant();
    return posts.living().stream()
        .filter(post -> graph.follows(viewer, post.author().value()))
        .filter(post -> !graph.hides(viewer, post.author().value(), now))
        .map(post -> post.id().value())
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
      }
    }
    posts.living().forEach(sights::live);
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
