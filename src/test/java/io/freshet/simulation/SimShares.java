package io.freshet.simulation;

import io.freshet.outbox.Event;
import io.freshet.post.CountsChanged;
import io.freshet.post.FirstShares;
import io.freshet.post.Post;
import io.freshet.post.PostDeleted;
import io.freshet.post.PostId;
import io.freshet.post.PostPublished;
import io.freshet.post.Published;
import io.freshet.post.ShareStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Those of the posts in memory that are shares. */
final class SimShares implements ShareStore {
  private final SimPosts posts;
  private final SimTransactions transactions;
  private final Hazards hazards;

  SimShares(SimPosts posts, SimTransactions transactions, Hazards hazards) {
    this.posts = posts;
    this.transactions = transactions;
    this.hazards = hazards;
  }

  /** Living shares of a post, oldest first. */
  private List<Post> living(long original) {
    Predicate<Post> shares =
        post -> post.original().filter(id -> id.value() == original).isPresent();
    return posts.living().stream()
        .filter(shares)
        .sorted(Comparator.comparingLong(post -> post.id().value()))
        .toList();
  }

  private boolean lives(long original) {
    return posts.living().stream()
        .anyMatch(post -> post.id().value() == original && !post.isShare());
  }

  @Override
  public Optional<Published> share(Post share) {
    long original = share.original().orElseThrow().value();
    List<Published> done = new ArrayList<>();
    transactions.commit(() -> {
      if (!lives(original)) {
        return List.of();
      }
      Optional<Post> there =
          living(original).stream()
              .filter(post -> post.author().equals(share.author()))
              .findFirst();
      done.add(new Published(there.orElse(share), there.isPresent()));
      if (there.isPresent()) {
        return List.of();
      }
      posts.put(share);
      return List.of(
          Event.of(
              PostPublished.TOPIC, new PostPublished(share.id().value(), share.author().value())),
          Event.of(CountsChanged.TOPIC, new CountsChanged(original)));
    });
    return done.stream().findFirst();
  }

  @Override
  public Map<Long, Long> originals(Collection<Long> ids) {
    Map<Long, Long> originals = new HashMap<>();
    for (Post post : hazards.on(Hazard.ORIGINAL_OF_THE_LIVING) ? posts.living() : posts.all()) {
      if (ids.contains(post.id().value())) {
        post.original().map(PostId::value).ifPresent(id -> originals.put(post.id().value(), id));
      }
    }
    return originals;
  }

  @Override
  public Map<Long, FirstShares> first(Collection<Long> originals, int limit) {
    Map<Long, FirstShares> first = new HashMap<>();
    for (Long original : originals) {
      List<Post> all = living(original);
      List<Post> some = all.subList(0, Math.min(few(limit), all.size()));
      if (hazards.on(Hazard.LATER_SHARE_WINS)) {
        some = some.reversed();
      }
      first.put(
          original,
          new FirstShares(
              some.stream().mapToLong(post -> post.id().value()).toArray(),
              some.stream().mapToLong(post -> post.author().value()).toArray(),
              all.size() < few(limit) || hazards.on(Hazard.FIRST_SHARES_TAKEN_FOR_ALL)));
    }
    return first;
  }

  /** So few that the rest is often asked for. */
  private static int few(int limit) {
    return limit == FirstShares.LIMIT ? 2 : limit;
  }

  @Override
  public OptionalLong firstBy(long[] authors, long original, long after) {
    return living(original).stream()
        .filter(share -> contains(authors, share.author().value()))
        .mapToLong(share -> share.id().value())
        .filter(id -> id > after)
        .findFirst();
  }

  private static boolean contains(long[] authors, long author) {
    for (long one : authors) {
      if (one == author) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<Post> below(long original, long before, int limit) {
    return living(original).reversed().stream()
        .filter(share -> share.id().value() < before)
        .limit(limit)
        .toList();
  }

  @Override
  public int deleteOfDeleted(long original, int limit, Instant at) {
    int[] count = new int[1];
    transactions.commit(() -> {
      List<Event> events = new ArrayList<>();
      if (!lives(original) && !hazards.on(Hazard.SHARES_OUTLIVE_ORIGINAL)) {
        for (Post share : living(original).stream().limit(limit).toList()) {
          posts.bury(share.id().value());
          PostDeleted gone = new PostDeleted(share.id().value(), share.author().value());
          events.add(Event.of(PostDeleted.TOPIC, gone));
        }
        count[0] = events.size();
      }
      if (!events.isEmpty()) {
        events.add(Event.of(CountsChanged.TOPIC, new CountsChanged(original)));
      }
      return events;
    });
    return count[0];
  }
}
