package io.freshet.feed;

import io.freshet.account.AccountId;
import io.freshet.feed.Hydration.Hydrator;
import io.freshet.graph.Celebrities;
import io.freshet.graph.Viewer;
import io.freshet.graph.Viewers;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Page;
import io.freshet.platform.redis.RedisAwayException;
import io.freshet.post.AuthorFeed;
import io.freshet.post.AuthorFeeds;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.post.PostStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Pages of feeds. A page is made in four steps: ids (stored feed merged with pulled author feeds,
 * the database below their floor), hydration (the posts of these ids that live), filter (what this
 * viewer may see now), and rendering by the caller. Ids are drawn until enough have passed the
 * filter, so a page is full unless the feed ends. Thread-safe.
 */
public final class Feeds {
  /** Ids drawn in one go, at least and at most. */
  private static final int DRAW_MIN = 20;

  private static final int DRAW_MAX = 200;

  /** Feeds read from the database at once, unless told otherwise. */
  private static final int DATABASE_READS = 8;

  private final FeedStore store;
  private final FeedBuilder builder;
  private final Viewers viewers;
  private final Celebrities celebrities;
  private final AuthorFeeds authorFeeds;
  private final Hydration hydration;
  private final PostStore postStore;
  private final Invalidations invalidations;
  private final InstantSource clock;
  private final DatabaseReads databaseReads;

  public Feeds(FeedSources sources, InstantSource clock) {
    this(sources, clock, new DatabaseReads(DATABASE_READS));
  }

  public Feeds(FeedSources sources, InstantSource clock, DatabaseReads databaseReads) {
    this.databaseReads = databaseReads;
    this.store = sources.store();
    this.builder = sources.builder();
    this.viewers = sources.viewers();
    this.celebrities = sources.celebrities();
    this.authorFeeds = sources.authorFeeds();
    this.postStore = sources.postStore();
    this.hydration = new Hydration(sources.posts(), postStore.shares());
    this.invalidations = sources.invalidations();
    this.clock = clock;
  }

  /**
   * Ids below {@code before}, newest first, as many as asked for or fewer; none only at the end.
   */
  private interface Ids {
    long[] draw(long before, int limit);
  }

  /** The viewer's feed below {@code before}; from the database while stored feeds are away. */
  public Page<Post> page(AccountId viewer, long before, int limit) {
    Instant now = clock.instant();
    try {
      return pageOfStored(viewer, before, limit, now);
    } catch (RedisAwayException away) {
      return databaseReads.read(() -> pageOfDatabase(viewer, before, limit, now));
    }
  }

  private Page<Post> pageOfDatabase(AccountId viewer, long before, int limit, Instant now) {
    invalidations.catchUp();
    Viewer reader = viewers.get(viewer.value());
    return walk(
        (below, count) -> postStore.below(reader.seenFollowees(now), below, count),
        hydration.feed(reader, now),
        before,
        limit);
  }

  private Page<Post> pageOfStored(AccountId viewer, long before, int limit, Instant now) {
    Head first = head(viewer.value(), before, draw(limit + 1), now);
    Viewer reader = first.reader();
    if (reader.followees().length == 0) {
      return Page.of(List.of(), limit, post -> post.id().value());
    }
    return walk(
        (below, count) -> {
          Head head = below == before ? first : head(reader.id(), below, count, now);
          return drawFeed(head, now, below, count);
        },
        hydration.feed(reader, now),
        before,
        limit);
  }

  /** What one draw is made from: who reads, what is pulled for them, and what the store holds. */
  private record Head(Viewer reader, List<AuthorFeed> pulled, Optional<FeedWindow> stored) {}

  /**
   * The store is read while the look at the invalidations is under way. An author who ceases to be
   * pulled is in the stored feeds by then, so who is pulled must be known before the store is read:
   * if that has changed meanwhile, it is read again.
   */
  private Head head(long viewer, long before, int count, Instant now) {
    while (true) {
      long known = celebrities.changes();
      Invalidations.CatchUp catchUp = invalidations.start();
      Optional<FeedWindow> stored = store.read(viewer, before, count, now);
      catchUp.join();
      Viewer reader = viewers.get(viewer);
      Head head = new Head(reader, pulled(reader), stored);
      if (celebrities.changes() == known) {
        return head;
      }
    }
  }

  /**
   * The author's own posts below {@code before}; nobody sees those of an author who restricts them.
   */
  public Page<Post> authorPage(
      Optional<AccountId> viewer, AccountId author, long before, int limit) {
    invalidations.catchUp();
    Optional<Viewer> reader = viewer.map(id -> viewers.get(id.value()));
    if (reader.isPresent() && reader.get().isRestrictedBy(author.value())) {
      return Page.of(List.of(), limit, post -> post.id().value());
    }
    AuthorFeed feed = authorFeeds.get(author.value());
    return walk(
        (below, count) -> drawAuthor(author, feed, below, count),
        hydration.posts(reader),
        before,
        limit);
  }

  /** One post, unless it is gone or its author, or that of what it shares, restricts the viewer. */
  public Optional<Post> post(Optional<AccountId> viewer, PostId id) {
    invalidations.catchUp();
    Optional<Viewer> reader = viewer.map(account -> viewers.get(account.value()));
    return hydration.posts(reader).hydrate(new long[] {id.value()}).stream().findFirst();
  }

  /** Whether an author hides nothing from the viewer, who may be nobody in particular. */
  public Predicate<AccountId> showing(Optional<AccountId> viewer) {
    invalidations.catchUp();
    return viewer
        .map(account -> viewers.get(account.value()))
        .<Predicate<AccountId>>map(reader -> author -> !reader.isRestrictedBy(author.value()))
        .orElse(author -> true);
  }

  /**
   * What the caches hold of a feed, before anything is hydrated or filtered; empty if it is not
   * stored.
   */
  public Optional<FeedWindow> cached(AccountId viewer) {
    invalidations.catchUp();
    Viewer reader = viewers.get(viewer.value());
    List<AuthorFeed> pulled = pulled(reader);
    return store
        .peek(viewer.value())
        .map(stored -> {
          Sources sources = Sources.of(stored, pulled);
          return new FeedWindow(
              Merge.newest(sources.ids(), Long.MAX_VALUE, sources.floor(), Integer.MAX_VALUE),
              sources.floor());
        });
  }

  private Page<Post> walk(Ids ids, Hydrator hydrator, long before, int limit) {
    List<Post> found = new ArrayList<>(limit + 1);
    long cursor = before;
    while (found.size() <= limit) {
      long[] drawn = ids.draw(cursor, draw(limit + 1 - found.size()));
      if (drawn.length == 0) {
        break;
      }
      found.addAll(hydrator.hydrate(drawn));
      cursor = drawn[drawn.length - 1];
    }
    return Page.of(
        found.size() > limit + 1 ? found.subList(0, limit + 1) : found,
        limit,
        post -> post.id().value());
  }

  /** How many ids to draw for so many posts. */
  private static int draw(int missing) {
    return Math.clamp(missing, DRAW_MIN, DRAW_MAX);
  }

  private List<AuthorFeed> pulled(Viewer reader) {
    long[] authors = celebrities.among(reader.followees());
    return authors.length == 0
        ? List.of()
        : List.copyOf(authorFeeds.getAll(Arrays.stream(authors).boxed().toList()).values());
  }

  /**
   * A stored feed and the author feeds to be merged into it; nothing is missing from the floor up.
   */
  private record Sources(List<long[]> ids, long floor) {
    static Sources of(FeedWindow stored, List<AuthorFeed> pulled) {
      List<long[]> ids = new ArrayList<>(pulled.size() + 1);
      ids.add(stored.ids());
      long floor = stored.floor();
      for (AuthorFeed feed : pulled) {
        ids.add(feed.ids());
        floor = Math.max(floor, feed.floor());
      }
      return new Sources(ids, floor);
    }
  }

  /**
   * A feed that is not stored is built and then read like any other: what the build left out, since
   * it was pulled then or came meanwhile, is known only to the store and to who looks now.
   */
  private long[] drawFeed(Head found, Instant now, long before, int limit) {
    Head head = found;
    if (found.stored().isEmpty()) {
      builder.build(found.reader().id());
      head = head(found.reader().id(), before, limit, now);
    }
    if (head.stored().isEmpty()) {
      // Overtaken too often, or evicted at once.
      return postStore.below(head.reader().seenFollowees(now), before, limit);
    }
    Sources sources = Sources.of(head.stored().get(), head.pulled());
    long[] ids = Merge.newest(sources.ids(), before, sources.floor(), limit);
    if (ids.length > 0 || sources.floor() == 0) {
      return ids;
    }
    return postStore.older(head.reader().seenFollowees(now), before, limit);
  }

  private long[] drawAuthor(AccountId author, AuthorFeed feed, long before, int limit) {
    long[] ids = Merge.newest(List.of(feed.ids()), before, feed.floor(), limit);
    return ids.length > 0 || feed.floor() == 0
        ? ids
        : postStore.older(new long[] {author.value()}, before, limit);
  }
}
