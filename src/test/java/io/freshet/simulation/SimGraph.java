package io.freshet.simulation;

import io.freshet.account.AccountId;
import io.freshet.graph.CelebrityRule;
import io.freshet.graph.FollowChanged;
import io.freshet.graph.FollowCounts;
import io.freshet.graph.FollowerPage;
import io.freshet.graph.GraphStore;
import io.freshet.graph.Hiding;
import io.freshet.graph.Pull;
import io.freshet.graph.PullChanged;
import io.freshet.graph.SightChanged;
import io.freshet.graph.Viewer;
import io.freshet.outbox.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The edges in memory; survive a restart of the simulated process. */
final class SimGraph implements GraphStore {
  private record Edge(long from, long to) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      return from != other.from ? Long.compare(from, other.from) : Long.compare(to, other.to);
    }
  }

  private final SimTransactions transactions;
  private final InstantSource clock;
  private final Hazards hazards;
  private final Set<Edge> follows = new TreeSet<>();
  private final Map<Edge, Instant> mutes = new TreeMap<>();
  private final Map<Edge, Optional<Instant>> restrictions = new TreeMap<>();
  private final Map<Long, FollowCounts> counts = new TreeMap<>();

  SimGraph(SimTransactions transactions, InstantSource clock, Hazards hazards) {
    this.transactions = transactions;
    this.clock = clock;
    this.hazards = hazards;
  }

  @Override
  public void follow(long follower, long followee, int maxFollowees, CelebrityRule rule) {
    transactions.commit(() ->
        follows.add(new Edge(follower, followee))
            ? changed(follower, followee, rule, 0)
            : List.of());
  }

  @Override
  public void unfollow(long follower, long followee, CelebrityRule rule) {
    transactions.commit(() ->
        follows.remove(new Edge(follower, followee))
            ? changed(follower, followee, rule, 1)
            : List.of());
  }

  private List<Event> changed(long follower, long followee, CelebrityRule rule, int unfollows) {
    FollowCounts old = counts(followee);
    long followers = follows.stream().filter(edge -> edge.to() == followee).count();
    counts.put(
        followee,
        new FollowCounts(
            (int) followers,
            0,
            old.unfollows() + (hazards.on(Hazard.NO_LOOK_FOR_LEAVERS) ? 0 : unfollows),
            old.pull(),
            old.flips()));
    List<Event> events = new ArrayList<>();
    events.add(Event.of(FollowChanged.TOPIC, new FollowChanged(follower, followee)));
    events.addAll(apply(rule, followee));
    return events;
  }

  private List<Event> apply(CelebrityRule rule, long author) {
    FollowCounts old = counts(author);
    Pull next = rule.next(old.pull(), old.followers());
    if (next == old.pull()) {
      return List.of();
    }
    Pull stored =
        hazards.on(Hazard.FLIP_WITHOUT_REPUBLISH) && next == Pull.LEAVING ? Pull.NO : next;
    counts.put(
        author, new FollowCounts(old.followers(), 0, old.unfollows(), stored, old.flips() + 1));
    return List.of(Event.of(PullChanged.TOPIC, new PullChanged(author, old.flips() + 1)));
  }

  @Override
  public void reclassify(CelebrityRule rule) {
    for (Long author : List.copyOf(counts.keySet())) {
      transactions.commit(() -> apply(rule, author));
    }
  }

  @Override
  public void endLeaving(long author, long flips) {
    FollowCounts old = counts(author);
    if (old.flips() == flips && old.pull() == Pull.LEAVING) {
      counts.put(author, new FollowCounts(old.followers(), 0, old.unfollows(), Pull.NO, flips + 1));
    }
  }

  @Override
  public FollowCounts counts(long account) {
    return counts.getOrDefault(account, FollowCounts.NONE);
  }

  @Override
  public Map<Long, FollowCounts> flipped() {
    Map<Long, FollowCounts> flipped = new HashMap<>(counts);
    flipped.values().removeIf(count -> count.pull() == Pull.NO && count.flips() == 0);
    return flipped;
  }

  @Override
  public FollowerPage followers(long author, long after, int limit) {
    long[] page =
        follows.stream()
            .filter(edge -> edge.to() == author && edge.from() > after)
            .mapToLong(Edge::from)
            .sorted()
            .limit(limit)
            .toArray();
    return new FollowerPage(page, counts(author).unfollows());
  }

  @Override
  public long[] seeing(long author, long[] accounts) {
    return Arrays.stream(accounts)
        .filter(account -> follows(account, author) && !hides(account, author, clock.instant()))
        .sorted()
        .toArray();
  }

  @Override
  public long[] following(long author, long[] accounts) {
    return Arrays.stream(accounts).filter(account -> follows(account, author)).sorted().toArray();
  }

  @Override
  public boolean follows(long follower, long followee) {
    return follows.contains(new Edge(follower, followee));
  }

  @Override
  public void mute(long viewer, long author, Optional<Instant> until) {
    transactions.commit(() -> {
      mutes.put(new Edge(viewer, author), until.orElse(Instant.MAX));
      return sightChanged(viewer, true);
    });
  }

  @Override
  public void unmute(long viewer, long author) {
    transactions.commit(() -> {
      Instant until = mutes.remove(new Edge(viewer, author));
      return sightChanged(viewer, until != null);
    });
  }

  @Override
  public void restrict(long author, long viewer, Optional<Instant> until) {
    transactions.commit(() -> {
      restrictions.put(new Edge(author, viewer), until);
      return sightChanged(viewer, true);
    });
  }

  @Override
  public void unrestrict(long author, long viewer) {
    transactions.commit(
        () -> sightChanged(viewer, restrictions.remove(new Edge(author, viewer)) != null));
  }

  private static List<Event> sightChanged(long viewer, boolean changed) {
    return changed ? List.of(Event.of(SightChanged.TOPIC, new SightChanged(viewer))) : List.of();
  }

  boolean hides(long viewer, long author, Instant now) {
    return restrictions.containsKey(new Edge(author, viewer))
        || mutes.getOrDefault(new Edge(viewer, author), Instant.MIN).isAfter(now);
  }

  /** Whether a mute of this viewer ran out in this span of time. */
  boolean hasMuteEnded(long viewer, Instant since, Instant now) {
    return mutes.entrySet().stream()
        .anyMatch(mute ->
            mute.getKey().from() == viewer
                && mute.getValue().isAfter(since)
                && !mute.getValue().isAfter(now));
  }

  @Override
  public Map<Long, Viewer> viewers(Collection<Long> ids) {
    Map<Long, Viewer> viewers = new HashMap<>();
    for (Long id : ids) {
      Map<Long, Instant> muted = new HashMap<>();
      mutes.forEach((edge, until) -> {
        if (edge.from() == id) {
          muted.put(edge.to(), until);
        }
      });
      long[] followees =
          follows.stream().filter(edge -> edge.from() == id).mapToLong(Edge::to).sorted().toArray();
      long[] restrictedBy =
          restrictions.keySet().stream()
              .filter(edge -> edge.to() == id)
              .mapToLong(Edge::from)
              .sorted()
              .toArray();
      viewers.put(id, new Viewer(id, followees, muted, restrictedBy));
    }
    return viewers;
  }

  @Override
  public List<Long> followersBelow(long account, long before, int limit) {
    return follows.stream()
        .filter(edge -> edge.to() == account)
        .map(Edge::from)
        .filter(id -> id < before)
        .toList();
  }

  @Override
  public List<Long> followeesBelow(long account, long before, int limit) {
    return follows.stream()
        .filter(edge -> edge.from() == account)
        .map(Edge::to)
        .filter(id -> id < before)
        .toList();
  }

  @Override
  public List<Hiding> mutesBelow(long viewer, long before, int limit) {
    return mutes.entrySet().stream()
        .filter(mute -> mute.getKey().from() == viewer && mute.getKey().to() < before)
        .map(mute -> new Hiding(new AccountId(mute.getKey().to()), Optional.of(mute.getValue())))
        .toList();
  }

  @Override
  public List<Hiding> restrictionsBelow(long author, long before, int limit) {
    return restrictions.entrySet().stream()
        .filter(restriction ->
            restriction.getKey().from() == author && restriction.getKey().to() < before)
        .map(restriction ->
            new Hiding(new AccountId(restriction.getKey().to()), restriction.getValue()))
        .toList();
  }
}
