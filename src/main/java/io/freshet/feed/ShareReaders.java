package io.freshet.feed;

import io.freshet.graph.GraphStore;
import io.freshet.graph.Viewer;
import io.freshet.post.FirstShares;
import io.freshet.post.Post;
import io.freshet.post.PostStore;
import io.freshet.post.ShareStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which of many readers see an original through which of its shares, by what the database says now,
 * past all that is remembered. Thread-safe.
 */
record ShareReaders(GraphStore graph, PostStore posts, InstantSource clock) {

  private interface Question {
    boolean isSo(ShareSight sight, Post original, FirstShares shares);
  }

  /** Those who see the original through this share. */
  long[] seeing(long share, long original, long[] readers) {
    return those(
        original, readers, (sight, post, shares) -> sight.first(post, shares).orElse(0) == share);
  }

  /** Those who see the original through a later share than this, or would if this were not. */
  long[] seeingLater(long share, long original, long[] readers) {
    return those(
        original,
        readers,
        (sight, post, shares) ->
            sight.first(post, shares, share).isPresent()
                && sight.first(post, shares).orElse(0) >= share);
  }

  private long[] those(long original, long[] readers, Question question) {
    Post living = readers.length == 0 ? null : posts.find(List.of(original)).get(original);
    if (living == null) {
      return new long[0];
    }
    ShareStore store = posts.shares();
    FirstShares shares =
        store.first(List.of(original), FirstShares.LIMIT).getOrDefault(original, FirstShares.NONE);
    Map<Long, Viewer> viewers = graph.viewers(Arrays.stream(readers).boxed().toList());
    Instant now = clock.instant();
    return Arrays.stream(readers)
        .filter(id -> {
          Viewer reader = viewers.get(id);
          return reader != null
              && question.isSo(new ShareSight(reader, now, store), living, shares);
        })
        .toArray();
  }
}
