package io.freshet.fanout;

import io.freshet.graph.FollowerPage;
import io.freshet.graph.GraphStore;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A page of an author's followers to whose stored feeds something is added, also while some of them
 * cease to follow.
 */
record Audience(GraphStore graph, long author, FollowerPage page) {

  /**
   * Adds to the feeds of the page, then takes back from those who have ceased to follow meanwhile.
   * Whoever follows again while that is done gets it back; later changes of an edge have a task of
   * their own.
   */
  void add(Consumer<long[]> add, Consumer<long[]> takeBack) {
    add.accept(page.followers());
    long seen = page.unfollows();
    long now = graph.counts(author).unfollows();
    while (now != seen) {
      seen = now;
      long[] gone = minus(page.followers(), graph.following(author, page.followers()));
      takeBack.accept(gone);
      add.accept(graph.following(author, gone));
      now = graph.counts(author).unfollows();
    }
  }

  /** The elements of {@code all} that are not in {@code some}; both ascending. */
  static long[] minus(long[] all, long[] some) {
    return Arrays.stream(all).filter(id -> Arrays.binarySearch(some, id) < 0).toArray();
  }
}
