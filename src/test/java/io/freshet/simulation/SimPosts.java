package io.freshet.simulation;

import io.freshet.outbox.Event;
import io.freshet.post.AuthorFeed;
import io.freshet.post.CountsChanged;
import io.freshet.post.Creation;
import io.freshet.post.Entities;
import io.freshet.post.Post;
import io.freshet.post.PostDeleted;
import io.freshet.post.PostEdited;
import io.freshet.post.PostException;
import io.freshet.post.PostPublished;
import io.freshet.post.PostStore;
import io.freshet.post.Published;
import io.freshet.post.ShareStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** The posts in memory; survive a restart of the simulated process. */
final class SimPosts implements PostStore {
  private final SimTransactions transactions;
  private final Hazards hazards;
  private final TreeMap<Long, Post> posts = new TreeMap<>(Collections.reverseOrder());
  private final Set<Long> deleted = new HashSet<>();
  private final Map<String, Long> keys = new HashMap<>();
  private final Map<Long, long[]> looked = new HashMap<>();

  private final ShareStore shares;

  /**
   * @param pause called at the beginning and the end of each call about shares
   */
  SimPosts(SimTransactions transactions, Hazards hazards, Runnable pause) {
    this.shares =
        Pausing.around(ShareStore.class, new SimShares(this, transactions, hazards), pause);
    this.transactions = transactions;
    this.hazards = hazards;
  }

  /** Living posts, newest first. */
  List<Post> living() {
    return posts.values().stream().filter(post -> !deleted.contains(post.id().value())).toList();
  }

  List<Post> all() {
    return new ArrayList<>(posts.values());
  }

  void put(Post post) {
    posts.put(post.id().value(), post);
  }

  void bury(long post) {
    deleted.add(post);
  }

  @Override
  public ShareStore shares() {
    return shares;
  }

  @Override
  public Published insert(Creation creation) {
    Post post = creation.post();
    List<Published> made = new ArrayList<>();
    transactions.commit(() -> {
      Long first =
          creation.idempotencyKey().map(key -> keys.get(post.author() + " " + key)).orElse(null);
      if (first != null && !hazards.on(Hazard.RETRY_POSTS_TWICE)) {
        Post earlier = Objects.requireNonNull(posts.get(first));
        if (!earlier.text().equals(post.text()) || deleted.contains(first)) {
          throw new PostException(
              PostException.Problem.KEY_REUSED, "Idempotency-Key", "used for another text");
        }
        made.add(new Published(earlier, true));
        return List.of();
      }
      creation
          .idempotencyKey()
          .ifPresent(key -> keys.put(post.author() + " " + key, post.id().value()));
      posts.put(post.id().value(), post);
      made.add(new Published(post, false));
      return List.of(
          Event.of(
              PostPublished.TOPIC, new PostPublished(post.id().value(), post.author().value())));
    });
    return made.getFirst();
  }

  @Override
  public Optional<Post> edit(long author, long id, String text, Entities entities, Instant at) {
    List<Post> edited = new ArrayList<>();
    transactions.commit(() -> {
      Post old = posts.get(id);
      if (old != null && isBy(author, id) && !deleted.contains(id) && !old.isShare()) {
        edited.add(
            new Post(
                old.id(),
                old.author(),
                text,
                old.version() + 1,
                Optional.of(at),
                old.original(),
                entities));
        posts.put(id, edited.getFirst());
      }
      return edited.isEmpty() ? List.of() : List.of(Event.of(PostEdited.TOPIC, new PostEdited(id)));
    });
    return edited.stream().findFirst();
  }

  private boolean isBy(long author, long id) {
    Post post = posts.get(id);
    return post != null && post.author().value() == author;
  }

  @Override
  public boolean delete(long author, long id, Instant at) {
    boolean[] done = new boolean[1];
    transactions.commit(() -> {
      done[0] = isBy(author, id) && deleted.add(id);
      return done[0] ? deletion(Objects.requireNonNull(posts.get(id))) : List.of();
    });
    return done[0];
  }

  private static List<Event> deletion(Post post) {
    List<Event> events = new ArrayList<>();
    events.add(
        Event.of(PostDeleted.TOPIC, new PostDeleted(post.id().value(), post.author().value())));
    post.original()
        .map(original -> Event.of(CountsChanged.TOPIC, new CountsChanged(original.value())))
        .ifPresent(events::add);
    return events;
  }

  @Override
  public Map<Long, Post> find(Collection<Long> ids) {
    Map<Long, Post> found = new HashMap<>();
    for (Long id : ids) {
      Post post = posts.get(id);
      if (post != null && !deleted.contains(id)) {
        found.put(id, post);
      }
    }
    return found;
  }

  @Override
  public Map<Long, AuthorFeed> newest(Collection<Long> authors, int limit) {
    Map<Long, AuthorFeed> feeds = new HashMap<>();
    for (Long author : authors) {
      long[] ids = livingOf(new long[] {author}).limit(limit).toArray();
      feeds.put(author, new AuthorFeed(ids, ids.length < limit ? 0 : ids[limit - 1]));
    }
    return feeds;
  }

  @Override
  public long[] below(long[] authors, long before, int limit) {
    return livingOf(authors).filter(id -> id < before).limit(limit).toArray();
  }

  private LongStream livingOf(long[] authors) {
    long[] sorted = authors.clone();
    Arrays.sort(sorted);
    return living().stream()
        .filter(post -> Arrays.binarySearch(sorted, post.author().value()) >= 0)
        .mapToLong(post -> post.id().value());
  }

  @Override
  public long[] tagged(String tag, long before, int limit) {
    return living().stream()
        .filter(post -> post.entities().tags().contains(tag) && post.id().value() < before)
        .mapToLong(post -> post.id().value())
        .limit(limit)
        .toArray();
  }

  @Override
  public long[] living(long[] ids) {
    if (hazards.on(Hazard.INSERT_THE_DEAD)) {
      return Arrays.stream(ids).sorted().toArray();
    }
    if (hazards.on(Hazard.NO_LOOK_AFTER_INSERT) && ids.length == 1) {
      return looked.computeIfAbsent(ids[0], id -> livingNow(ids));
    }
    return livingNow(ids);
  }

  private long[] livingNow(long[] ids) {
    return Arrays.stream(ids)
        .filter(id -> posts.containsKey(id) && !deleted.contains(id))
        .sorted()
        .toArray();
  }

  @Override
  public long[] deleted(long author) {
    return Arrays.stream(ever(author)).filter(deleted::contains).toArray();
  }

  @Override
  public long[] ever(long author) {
    return posts.values().stream()
        .filter(post -> post.author().value() == author)
        .mapToLong(post -> post.id().value())
        .toArray();
  }
}
