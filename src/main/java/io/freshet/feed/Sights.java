package io.freshet.feed;

import io.freshet.account.AccountId;
import io.freshet.graph.Relation;
import io.freshet.graph.Viewer;
import io.freshet.graph.Viewers;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Page;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.post.PostStore;
import io.freshet.post.Posts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * What a viewer sees beside feeds: the post that is liked or commented on, the people and comments
 * that belong to it, and the pages of hashtags. Thread-safe.
 */
public final class Sights {
  /** Ids of a hashtag drawn in one go, at least. */
  private static final int DRAW = 20;

  private final Feeds feeds;
  private final Viewers viewers;
  private final Posts posts;
  private final PostStore postStore;
  private final Invalidations invalidations;
  private final InstantSource clock;

  public Sights(Feeds feeds, FeedSources sources, InstantSource clock) {
    this.feeds = feeds;
    this.viewers = sources.viewers();
    this.posts = sources.posts();
    this.postStore = sources.postStore();
    this.invalidations = sources.invalidations();
    this.clock = clock;
  }

  /**
   * The post that likes and comments of this one belong to: a share's are its original's. Empty if
   * the viewer may not see either.
   */
  public Optional<Post> subject(Optional<AccountId> viewer, PostId id) {
    Optional<Post> named = feeds.post(viewer, id);
    return named.flatMap(Post::original).isPresent()
        ? named.flatMap(Post::original).flatMap(original -> feeds.post(viewer, original))
        : named;
  }

  /**
   * The same for somebody who wants to do something to it: not where either restricts the other.
   */
  public Optional<Post> subjectOf(AccountId actor, PostId id) {
    return subject(Optional.of(actor), id)
        .filter(post -> !viewers.get(post.author().value()).isRestrictedBy(actor.value()));
  }

  /** Whether nothing of this author is hidden from the viewer, who has caught up. */
  public boolean sees(Optional<AccountId> viewer, AccountId author) {
    return viewer.isEmpty() || !viewers.get(viewer.get().value()).isRestrictedBy(author.value());
  }

  /**
   * What the viewer has to do with others now; nothing with themselves, and nobody has anything.
   */
  public Function<AccountId, Optional<Relation>> relations(Optional<AccountId> viewer) {
    if (viewer.isEmpty()) {
      return other -> Optional.empty();
    }
    invalidations.catchUp();
    Viewer reader = viewers.get(viewer.get().value());
    Instant now = clock.instant();
    return other ->
        Optional.of(other.value()).filter(id -> id != reader.id()).map(id -> reader.to(id, now));
  }

  /** Those who hide from the viewer, who has caught up. */
  public long[] hiddenFrom(Optional<AccountId> viewer) {
    return viewer.map(reader -> viewers.get(reader.value()).restrictedBy()).orElse(new long[0]);
  }

  /** The same, and those whom the viewer mutes now. */
  public long[] unseenBy(Optional<AccountId> viewer) {
    if (viewer.isEmpty()) {
      return new long[0];
    }
    Viewer reader = viewers.get(viewer.get().value());
    Instant now = clock.instant();
    LongStream muted =
        reader.mutes().keySet().stream()
            .mapToLong(Long::longValue)
            .filter(author -> reader.mutes(author, now));
    return LongStream.concat(Arrays.stream(reader.restrictedBy()), muted).toArray();
  }

  /** Those whom the viewer does not see in lists, for a viewer who has read nothing yet. */
  public long[] unseenNow(Optional<AccountId> viewer) {
    invalidations.catchUp();
    return unseenBy(viewer);
  }

  /**
   * The posts that bear a hashtag below {@code before}, newest first, without those of authors whom
   * the viewer does not see; full unless the list ends.
   */
  public Page<Post> tagged(Optional<AccountId> viewer, String tag, long before, int limit) {
    invalidations.catchUp();
    long[] unseen = unseenBy(viewer);
    Arrays.sort(unseen);
    List<Post> found = new ArrayList<>(limit + 1);
    long cursor = before;
    while (found.size() <= limit) {
      long[] drawn = postStore.tagged(tag, cursor, Math.max(DRAW, limit + 1 - found.size()));
      if (drawn.length == 0) {
        break;
      }
      Map<Long, Post> living = posts.findAll(Arrays.stream(drawn).boxed().toList());
      for (long id : drawn) {
        Post post = living.get(id);
        if (post != null
            && post.entities().tags().contains(tag)
            && Arrays.binarySearch(unseen, post.author().value()) < 0) {
          found.add(post);
        }
      }
      cursor = drawn[drawn.length - 1];
    }
    List<Post> rows = found.subList(0, Math.min(found.size(), limit + 1));
    return Page.of(rows, limit, post -> post.id().value());
  }
}
