package io.freshet.post;

import io.freshet.account.AccountId;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.NearCache;
import io.freshet.post.PostException.Problem;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The posts. Those read are remembered in each process and forgotten when they are edited or
 * deleted, before the call that does it returns. Thread-safe.
 */
public final class Posts {
  private static final String NAME = "posts";

  /** Characters (code points) of a post's text. */
  public static final int MAX_LENGTH = 1_000;

  /** The share of the heap that posts may take. */
  private static final double HEAP_SHARE = 0.06;

  /** Bytes of a post beside its text. */
  private static final int POST_BYTES = 200;

  private final PostStore store;
  private final AuthorFeeds authorFeeds;
  private final Ids ids;
  private final InstantSource clock;
  private final Handles handles;
  private final NearCache<Post> posts;

  public Posts(
      PostStore store,
      AuthorFeeds authorFeeds,
      Ids ids,
      InstantSource clock,
      Invalidations invalidations) {
    this(store, authorFeeds, ids, clock, invalidations, Handles.none());
  }

  public Posts(
      PostStore store,
      AuthorFeeds authorFeeds,
      Ids ids,
      InstantSource clock,
      Invalidations invalidations,
      Handles handles) {
    this.handles = handles;
    this.store = store;
    this.authorFeeds = authorFeeds;
    this.ids = ids;
    this.clock = clock;
    this.posts =
        new NearCache<>(
            NAME,
            NearCache.share(HEAP_SHARE),
            (id, post) -> POST_BYTES + 2 * post.text().length(),
            invalidations.shared(NAME, new PostCodec(), store::find),
            invalidations);
  }

  /** Saves a new post; with a key that the author has used before, gives the post made then. */
  public Published publish(AccountId author, String text, Optional<String> idempotencyKey) {
    String valid = valid(text);
    Entities entities = handles.entities(valid);
    Post post =
        new Post(
            new PostId(ids.next()), author, valid, 1, Optional.empty(), Optional.empty(), entities);
    try {
      return store.insert(new Creation(post, idempotencyKey));
    } finally {
      authorFeeds.forget(author.value());
    }
  }

  public Post edit(AccountId author, PostId id, String text) {
    String valid = valid(text);
    Entities entities = handles.entities(valid);
    try {
      return store
          .edit(author.value(), id.value(), valid, entities, clock.instant())
          .orElseThrow(() -> notFound(id));
    } finally {
      posts.invalidate(id.value());
    }
  }

  public void delete(AccountId author, PostId id) {
    try {
      if (!store.delete(author.value(), id.value(), clock.instant())) {
        throw notFound(id);
      }
    } finally {
      forget(id.value());
      authorFeeds.forget(author.value());
    }
  }

  /** The post if it lives, as of the caller's last {@link Invalidations#catchUp} or later. */
  public Optional<Post> find(PostId id) {
    return Optional.ofNullable(posts.get(id.value()))
        .filter(post -> !ofPresent(List.of(post)).isEmpty());
  }

  /**
   * Those of the posts that live, as of the caller's last {@link Invalidations#catchUp} or later.
   */
  public Map<Long, Post> findAll(Collection<Long> ids) {
    Map<Long, Post> found = posts.getAll(ids);
    Set<Long> present = ofPresent(found.values());
    if (found.values().stream().allMatch(post -> present.contains(post.author().value()))) {
      return found;
    }
    Map<Long, Post> seen = new HashMap<>(found);
    seen.values().removeIf(post -> !present.contains(post.author().value()));
    return seen;
  }

  /** Those of the posts' authors who have not gone. */
  private Set<Long> ofPresent(Collection<Post> found) {
    return handles.present(
        found.stream().map(post -> post.author().value()).collect(Collectors.toSet()));
  }

  public void forget(long id) {
    posts.invalidate(id);
  }

  public void forgetAll() {
    posts.invalidateAll();
    authorFeeds.forgetAll();
  }

  private static String valid(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw new PostException(Problem.INVALID, "text", "a post needs a text");
    }
    int length = stripped.codePointCount(0, stripped.length());
    if (length > MAX_LENGTH) {
      throw new PostException(
          Problem.INVALID,
          "text",
          "a post has at most " + MAX_LENGTH + " characters, this one has " + length);
    }
    if (stripped.indexOf('\0') >= 0) {
      throw new PostException(Problem.INVALID, "text", "a post holds no NUL characters");
    }
    return stripped;
  }

  private static PostException notFound(PostId id) {
    return new PostException(Problem.NOT_FOUND, "id", "you have no post " + id);
  }
}
