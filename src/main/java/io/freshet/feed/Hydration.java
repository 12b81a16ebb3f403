package io.freshet.feed;

import io.freshet.graph.Viewer;
import io.freshet.post.FirstShares;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.post.Posts;
import io.freshet.post.ShareStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ids become posts, and those not to be seen are left out. Posts without shares among them cost
 * nothing more than before there were shares. Thread-safe.
 */
record Hydration(Posts posts, ShareStore shares) {

  /** Turns ids into the posts to show, in the same order. */
  interface Hydrator {
    List<Post> hydrate(long[] ids);
  }

  /** For one page of a reader's feed, on which no original is twice; not thread-safe. */
  Hydrator feed(Viewer reader, Instant now) {
    ShareSight sight = new ShareSight(reader, now, shares);
    Set<Long> shown = new HashSet<>();
    return ids -> {
      List<Post> seen = living(ids);
      seen.removeIf(post -> !reader.seesInFeed(post.author().value(), now));
      if (seen.stream().anyMatch(Post::isShare)) {
        Map<Long, Post> originals = originals(seen);
        Map<Long, FirstShares> first = posts.firstShares(originals.keySet());
        seen.removeIf(post -> post.isShare() && !isFirst(post, sight, originals, first, shown));
      }
      return seen;
    };
  }

  private static boolean isFirst(
      Post share,
      ShareSight sight,
      Map<Long, Post> originals,
      Map<Long, FirstShares> first,
      Set<Long> shown) {
    Post original = originals.get(originalId(share));
    return original != null
        && sight.first(original, first.getOrDefault(originalId(share), FirstShares.NONE)).orElse(0)
            == share.id().value()
        && shown.add(originalId(share));
  }

  /** For an author's own page, or a single post; nobody in particular may look. */
  Hydrator posts(Optional<Viewer> viewer) {
    return ids -> {
      List<Post> seen = living(ids);
      seen.removeIf(post -> hides(post, viewer));
      if (seen.stream().anyMatch(Post::isShare)) {
        Map<Long, Post> originals = originals(seen);
        seen.removeIf(post -> post.isShare() && hides(originals.get(originalId(post)), viewer));
      }
      return seen;
    };
  }

  private static boolean hides(@Nullable Post post, Optional<Viewer> viewer) {
    return post == null
        || viewer.filter(reader -> reader.isRestrictedBy(post.author().value())).isPresent();
  }

  private List<Post> living(long[] ids) {
    List<Long> boxed = Arrays.stream(ids).boxed().toList();
    Map<Long, Post> living = posts.findAll(boxed);
    List<Post> ordered = new ArrayList<>(ids.length);
    for (Long id : boxed) {
      Post post = living.get(id);
      if (post != null) {
        ordered.add(post);
      }
    }
    return ordered;
  }

  private Map<Long, Post> originals(List<Post> shown) {
    return posts.findAll(
        shown.stream()
            .filter(Post::isShare)
            .map(Hydration::originalId)
            .collect(Collectors.toSet()));
  }

  private static long originalId(Post share) {
    return share.original().map(PostId::value).orElseThrow();
  }
}
