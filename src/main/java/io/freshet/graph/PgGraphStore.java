package io.freshet.graph;

import io.freshet.graph.GraphException.Problem;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.Outbox.Events;
import io.freshet.platform.Database;
import io.freshet.platform.Replica;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * The tables follow and follow_count, and the door to mute and restriction. A change of an edge
 * locks the counters of both people in the order of their ids, so that changes of the same edge
 * come one after the other and no two of them can deadlock.
 */
public final class PgGraphStore implements GraphStore {
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private final Jdbi jdbi;
  private final Outbox outbox;
  private final InstantSource clock;
  private final PgViewers viewers;
  private final PgSights sights;

  public PgGraphStore(Jdbi jdbi, Outbox outbox, InstantSource clock) {
    this(jdbi, outbox, clock, Replica.none(jdbi));
  }

  public PgGraphStore(Jdbi jdbi, Outbox outbox, InstantSource clock, Replica replica) {
    this.jdbi = jdbi;
    this.outbox = outbox;
    this.clock = clock;
    this.viewers = new PgViewers(jdbi, replica);
    this.sights = new PgSights(outbox, clock);
  }

  @Override
  public void follow(long follower, long followee, int maxFollowees, CelebrityRule rule) {
    outbox.write((handle, events) -> {
      Counts counts = lock(handle, follower, followee);
      int added =
          handle.execute(
              "INSERT INTO follow (follower_id, followee_id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
              follower,
              followee,
              clock.instant().atOffset(ZoneOffset.UTC));
      if (added == 1) {
        if (counts.follower().followees() >= maxFollowees) {
          throw new GraphException(
              Problem.TOO_MANY_FOLLOWEES,
              "an account can follow at most " + maxFollowees + " others");
        }
        count(handle, follower, followee, 1);
        events.add(Event.of(FollowChanged.TOPIC, new FollowChanged(follower, followee)));
        applyRule(
            handle, events, followee, counts.followee().followers() + 1, counts.followee(), rule);
      }
      return added;
    });
  }

  @Override
  public void unfollow(long follower, long followee, CelebrityRule rule) {
    outbox.write((handle, events) -> {
      int removed = 0;
      if (follows(handle, follower, followee)) {
        Counts counts = lock(handle, follower, followee);
        removed =
            handle.execute(
                "DELETE FROM follow WHERE follower_id = ? AND followee_id = ?", follower, followee);
        if (removed == 1) {
          count(handle, follower, followee, -1);
          events.add(Event.of(FollowChanged.TOPIC, new FollowChanged(follower, followee)));
          applyRule(
              handle, events, followee, counts.followee().followers() - 1, counts.followee(), rule);
        }
      }
      return removed;
    });
  }

  private record Counts(FollowCounts follower, FollowCounts followee) {}

  private static Counts lock(Handle handle, long follower, long followee) {
    Map<Long, FollowCounts> locked = new HashMap<>();
    readCounts(handle, follower, followee, locked);
    if (locked.size() < 2) {
      addCounters(handle, follower, followee);
      readCounts(handle, follower, followee, locked);
    }
    return new Counts(
        locked.getOrDefault(follower, FollowCounts.NONE),
        locked.getOrDefault(followee, FollowCounts.NONE));
  }

  private static void readCounts(
      Handle handle, long follower, long followee, Map<Long, FollowCounts> into) {
    handle
        .createQuery(
            """
            SELECT account_id, followers, followees, unfollows, pulled, flips FROM follow_count
            WHERE account_id IN (?, ?) ORDER BY account_id FOR UPDATE
            """)
        .bind(0, follower)
        .bind(1, followee)
        .map((row, context) -> into.put(row.getLong("account_id"), counts(row)))
        .list();
  }

  private static void addCounters(Handle handle, long follower, long followee) {
    try {
      handle.execute(
          "INSERT INTO follow_count (account_id) VALUES (?), (?) ON CONFLICT DO NOTHING",
          Math.min(follower, followee),
          Math.max(follower, followee));
    } catch (UnableToExecuteStatementException e) {
      throw orNoSuchAccount(e);
    }
  }

  private static void count(Handle handle, long follower, long followee, int change) {
    handle.execute(
        "UPDATE follow_count SET followees = followees + ? WHERE account_id = ?", change, follower);
    handle.execute(
        "UPDATE follow_count SET followers = followers + ?, unfollows = unfollows + ? WHERE account_id = ?",
        change,
        change < 0 ? 1 : 0,
        followee);
  }

  private static void applyRule(
      Handle handle,
      Events events,
      long author,
      int followers,
      FollowCounts before,
      CelebrityRule rule) {
    Pull next = rule.next(before.pull(), followers);
    if (next != before.pull()) {
      handle.execute(
          "UPDATE follow_count SET pulled = ?, flips = flips + 1 WHERE account_id = ?",
          name(next),
          author);
      events.add(Event.of(PullChanged.TOPIC, new PullChanged(author, before.flips() + 1)));
    }
  }

  @Override
  public void reclassify(CelebrityRule rule) {
    outbox.write((handle, events) -> {
      String flip = "UPDATE follow_count SET pulled = ?, flips = flips + 1 WHERE ";
      String answer = " RETURNING account_id, flips";
      List<PullChanged> changed =
          handle
              .createQuery(flip + "followers >= ? AND pulled <> 'yes'" + answer)
              .bind(0, name(Pull.YES))
              .bind(1, rule.threshold())
              .map((row, context) -> new PullChanged(row.getLong(1), row.getLong(2)))
              .list();
      List<PullChanged> left =
          handle
              .createQuery(flip + "followers < ? AND pulled = 'yes'" + answer)
              .bind(0, name(Pull.LEAVING))
              .bind(1, rule.lower())
              .map((row, context) -> new PullChanged(row.getLong(1), row.getLong(2)))
              .list();
      changed.forEach(change -> events.add(Event.of(PullChanged.TOPIC, change)));
      left.forEach(change -> events.add(Event.of(PullChanged.TOPIC, change)));
      return changed.size() + left.size();
    });
  }

  @Override
  public void endLeaving(long author, long flips) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE follow_count SET pulled = 'no', flips = flips + 1 WHERE account_id = ? AND flips = ? AND pulled = 'leaving'",
            author,
            flips));
  }

  @Override
  public FollowCounts counts(long account) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT followers, followees, unfollows, pulled, flips FROM follow_count WHERE account_id = ?")
            .bind(0, account)
            .map((row, context) -> counts(row))
            .findOne()
            .orElse(FollowCounts.NONE));
  }

  @Override
  public Map<Long, FollowCounts> flipped() {
    Map<Long, FollowCounts> flipped = new HashMap<>();
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                """
                SELECT account_id, followers, followees, unfollows, pulled, flips FROM follow_count
                WHERE pulled <> 'no' OR flips > 0
                """)
            .map((row, context) -> flipped.put(row.getLong("account_id"), counts(row)))
            .list());
    return flipped;
  }

  @Override
  public FollowerPage followers(long author, long after, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT array(SELECT follower_id FROM follow WHERE followee_id = :author AND follower_id > :after
                             ORDER BY follower_id LIMIT :limit),
                       coalesce((SELECT unfollows FROM follow_count WHERE account_id = :author), 0)
                """)
            .bind("author", author)
            .bind("after", after)
            .bind("limit", limit)
            .map(
                (row, context) -> new FollowerPage(Database.longs(row.getArray(1)), row.getLong(2)))
            .one());
  }

  @Override
  public long[] following(long author, long[] accounts) {
    return viewers.following(author, accounts);
  }

  @Override
  public long[] seeing(long author, long[] accounts) {
    return viewers.seeing(author, accounts, clock.instant());
  }

  @Override
  public boolean follows(long follower, long followee) {
    return jdbi.withHandle(handle -> follows(handle, follower, followee));
  }

  private static boolean follows(Handle handle, long follower, long followee) {
    return handle
        .createQuery("SELECT EXISTS (SELECT FROM follow WHERE follower_id = ? AND followee_id = ?)")
        .bind(0, follower)
        .bind(1, followee)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public void mute(long viewer, long author, Optional<Instant> until) {
    sights.mute(viewer, author, until);
  }

  @Override
  public void unmute(long viewer, long author) {
    sights.unmute(viewer, author);
  }

  @Override
  public void restrict(long author, long viewer, Optional<Instant> until) {
    sights.restrict(author, viewer, until);
  }

  @Override
  public void unrestrict(long author, long viewer) {
    sights.unrestrict(author, viewer);
  }

  @Override
  public Map<Long, Viewer> viewers(Collection<Long> ids) {
    return viewers.read(ids);
  }

  @Override
  public List<Long> followersBelow(long account, long before, int limit) {
    return viewers.idsBelow(
        "SELECT follower_id FROM follow WHERE followee_id = ? AND follower_id < ?",
        account,
        before,
        limit);
  }

  @Override
  public List<Long> followeesBelow(long account, long before, int limit) {
    return viewers.idsBelow(
        "SELECT followee_id FROM follow WHERE follower_id = ? AND followee_id < ?",
        account,
        before,
        limit);
  }

  @Override
  public List<Hiding> restrictionsBelow(long author, long before, int limit) {
    return viewers.hidingsBelow(
        "SELECT viewer_id, restricted_until FROM restriction WHERE author_id = ? AND viewer_id < ?",
        author,
        before,
        limit);
  }

  @Override
  public List<Hiding> mutesBelow(long viewer, long before, int limit) {
    return viewers.hidingsBelow(
        "SELECT author_id, muted_until FROM mute WHERE viewer_id = ? AND author_id < ?",
        viewer,
        before,
        limit);
  }

  static RuntimeException orNoSuchAccount(UnableToExecuteStatementException e) {
    boolean unknown =
        e.getCause() instanceof SQLException sql && FOREIGN_KEY_VIOLATION.equals(sql.getSQLState());
    return unknown ? new GraphException(Problem.NO_SUCH_ACCOUNT, "there is no such account") : e;
  }

  private static FollowCounts counts(ResultSet row) throws SQLException {
    return new FollowCounts(
        row.getInt("followers"),
        row.getInt("followees"),
        row.getLong("unfollows"),
        pull(row.getString("pulled")),
        row.getLong("flips"));
  }

  private static String name(Pull pull) {
    return pull.name().toLowerCase(Locale.ROOT);
  }

  private static Pull pull(String name) {
    return Pull.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
