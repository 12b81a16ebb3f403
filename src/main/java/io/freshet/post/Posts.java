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
import java.util.function.LongConsumer;

/**
 * The posts. Those read, and the oldest shares of those shared, are remembered in each process and
 * forgotten when they change, before the call that changes them returns. Thread-safe.
 */
public final class Posts {
  private static final String NAME = "posts";

  private static final String SHARES_NAME = "shares";

  /** Characters (code points) of a post's text. */
  public static final int MAX_LENGTH = 1_000;

  /** The share of the heap that posts may take. */
  private static final double HEAP_SHARE = 0.06;

  /** The share of the heap that lists of shares may take. */
  private static final double SHARES_HEAP_SHARE = 0.02;

  /** Bytes of a list of shares beside its ids. */
  private static final int SHARES_BYTES = 140;

  /** Bytes of a post beside its text. */
  private static final int POST_BYTES = 200;

  private static final int MEDIUM_BYTES = 600;

  private final PostStore store;
  private final AuthorFeeds authorFeeds;
  private final Ids ids;
  private final InstantSource clock;
  private final Handles handles;
  private final LongConsumer forgetMarks;
  private final NearCache<Post> posts;
  private final NearCache<FirstShares> shares;

  public Posts(
      PostStore store,
      AuthorFeeds authorFeeds,
      Ids ids,
      InstantSource clock,
      Invalidations invalidations) {
    this(store, authorFeeds, ids, clock, invalidations, Handles.none(), reader -> {});
  }

  /**
   * @param forgetMarks is given those who share, or take it back
   */
  public Posts(
      PostStore store,
      AuthorFeeds authorFeeds,
      Ids ids,
      InstantSource clock,
      Invalidations invalidations,
      Handles handles,
      LongConsumer forgetMarks) {
    this.handles = handles;
    this.forgetMarks = forgetMarks;
    this.store = store;
    this.authorFeeds = authorFeeds;
    this.ids = ids;
    this.clock = clock;
    this.posts =
        new NearCache<>(
            NAME,
            NearCache.share(HEAP_SHARE),
            (id, post) ->
                POST_BYTES + 2 * post.text().length() + MEDIUM_BYTES * post.media().size(),
            invalidations.shared(NAME, new PostCodec(), store::find),
            invalidations);
    this.shares =
        new NearCache<>(
            SHARES_NAME,
            NearCache.share(SHARES_HEAP_SHARE),
            (id, first) -> SHARES_BYTES + first.bytes(),
            invalidations.shared(
                SHARES_NAME,
                new FirstSharesCodec(),
                originals -> store.shares().first(originals, FirstShares.LIMIT)),
            invalidations);
  }

  /** Saves a new post; with a key that the author has used before, gives the post made then. */
  public Published publish(AccountId author, String text, Optional<String> idempotencyKey) {
    return publish(author, text, List.of(), idempotencyKey);
  }

  /**
   * As above, with media of the author's that are attached to nothing yet; such a post needs no
   * text.
   */
  public Published publish(
      AccountId author, String text, List<Long> media, Optional<String> idempotencyKey) {
    Attachments.requireFew(media);
    String valid = valid(text, !media.isEmpty());
    Entities entities = handles.entities(valid);
    Post post =
        new Post(
            new PostId(ids.next()), author, valid, 1, Optional.empty(), Optional.empty(), entities);
    try {
      return store.insert(new Creation(post, idempotencyKey, media));
    } finally {
      authorFeeds.forget(author.value());
    }
  }

  public Post edit(AccountId author, PostId id, String text) {
    Optional<Post> now = find(id);
    if (now.filter(post -> post.isShare() && post.author().equals(author)).isPresent()) {
      throw new PostException(
          Problem.INVALID, "id", "this post is a share: it has no text of its own");
    }
    refuseQuestion(now, author, "edit");
    String valid = valid(text, now.map(post -> !post.media().isEmpty()).orElse(false));
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
    Optional<Post> now = find(id);
    refuseQuestion(now, author, "delete");
    Optional<PostId> original = now.flatMap(Post::original);
    try {
      if (!store.delete(author.value(), id.value(), clock.instant())) {
        throw notFound(id);
      }
    } finally {
      forget(id.value());
      original.ifPresent(shared -> forgetShare(author.value(), shared.value()));
      authorFeeds.forget(author.value());
    }
  }

  /** The post if it lives, as of the caller's last {@link Invalidations#catchUp} or later. */
  public Optional<Post> find(PostId id) {
    return Optional.ofNullable(findAll(List.of(id.value())).get(id.value()));
  }

  /**
   * Those of the posts that live, as of the caller's last {@link Invalidations#catchUp} or later.
   */
  public Map<Long, Post> findAll(Collection<Long> ids) {
    Set<Long> removed = handles.removed();
    Map<Long, Post> found = posts.getAll(ids);
    if (removed.isEmpty()) {
      return found;
    }
    Map<Long, Post> seen = new HashMap<>(found);
    seen.values().removeIf(post -> removed.contains(post.author().value()));
    return seen;
  }

  /** The post where shares are unknown: one is shown as its author's post, with what it shows. */
  public Post plain(Post post) {
    return post.original()
        .flatMap(this::find)
        .map(shown ->
            new Post(post.id(), post.author(), shown.text(), shown.version(), shown.editedAt()))
        .orElse(post);
  }

  /** The oldest living shares of each of these posts, as of the same moment. */
  public Map<Long, FirstShares> firstShares(Collection<Long> ids) {
    return shares.getAll(ids);
  }

  public void forget(long id) {
    posts.invalidate(id);
  }

  /** The author has put a question, or has changed or deleted one. */
  public void forgetQuestion(AccountId author, PostId id) {
    posts.invalidate(id.value());
    authorFeeds.forget(author.value());
  }

  /** Somebody has shared a post, or has taken that back. */
  public void forgetShare(long sharer, long original) {
    shares.invalidate(original);
    forgetMarks.accept(sharer);
  }

  public void forgetAll() {
    posts.invalidateAll();
    shares.invalidateAll();
    authorFeeds.forgetAll();
  }

  private static void refuseQuestion(Optional<Post> now, AccountId author, String deed) {
    if (now.filter(post -> post.isQuestion() && post.author().equals(author)).isPresent()) {
      throw new PostException(
          Problem.INVALID, "id", "this post is a question: " + deed + " it as one");
    }
  }

  /** Media may stand without words. */
  private static String valid(String text, boolean mayBeEmpty) {
    return mayBeEmpty && text.isBlank() ? "" : WrittenText.valid("a post", text);
  }

  private static PostException notFound(PostId id) {
    return new PostException(Problem.NOT_FOUND, "id", "you have no post " + id);
  }
}
