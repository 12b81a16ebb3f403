package io.freshet.graph;

import io.freshet.account.AccountId;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.Outbox.Events;
import io.freshet.platform.Database;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes the edges of removed accounts out of the graph's tables, many in one transaction. Counters
 * are locked in the order of their ids, as with single edges. Whether an author stays a celebrity
 * who loses followers so is decided at the next change of an edge of theirs. Thread-safe.
 */
public final class PgEdgeErasure {
  private final Jdbi jdbi;
  private final Outbox outbox;

  public PgEdgeErasure(Jdbi jdbi, Outbox outbox) {
    this.jdbi = jdbi;
    this.outbox = outbox;
  }

  /** Has the author's posts be pulled no more, with {@link PullChanged} if they were. */
  public void ceaseToPull(AccountId author) {
    outbox.write((handle, events) -> {
      List<Long> flips =
          handle
              .createQuery(
                  """
                  UPDATE follow_count SET pulled = 'no', flips = flips + 1
                  WHERE account_id = ? AND pulled <> 'no' RETURNING flips
                  """)
              .bind(0, author.value())
              .mapTo(Long.class)
              .list();
      flips.forEach(
          flip -> events.add(Event.of(PullChanged.TOPIC, new PullChanged(author.value(), flip))));
      return flips.size();
    });
  }

  /** Some of the author's followers, ascending. */
  public long[] followers(AccountId author, int limit) {
    return ids(
        "SELECT array(SELECT follower_id FROM follow WHERE followee_id = ? ORDER BY 1 LIMIT ?)",
        author,
        limit);
  }

  /** Some of those whom the account follows, ascending. */
  public long[] followees(AccountId follower, int limit) {
    return ids(
        "SELECT array(SELECT followee_id FROM follow WHERE follower_id = ? ORDER BY 1 LIMIT ?)",
        follower,
        limit);
  }

  /** Has these cease to follow the author, and saves {@link SightChanged} for each. */
  public void removeFollowers(AccountId author, long[] followers) {
    outbox.write((handle, events) -> {
      lock(handle, author, followers);
      long[] removed =
          returned(
              handle,
              "DELETE FROM follow WHERE followee_id = :account AND follower_id = ANY (:others) RETURNING follower_id",
              author,
              followers);
      count(handle, "followees = followees - 1", removed);
      handle.execute(
          "UPDATE follow_count SET followers = followers - ?, unfollows = unfollows + ? WHERE account_id = ?",
          removed.length,
          removed.length,
          author.value());
      told(events, removed);
      return removed.length;
    });
  }

  /** Has the account cease to follow these. */
  public void removeFollowees(AccountId follower, long[] followees) {
    outbox.write((handle, events) -> {
      lock(handle, follower, followees);
      long[] removed =
          returned(
              handle,
              "DELETE FROM follow WHERE follower_id = :account AND followee_id = ANY (:others) RETURNING followee_id",
              follower,
              followees);
      count(handle, "followers = followers - 1, unfollows = unfollows + 1", removed);
      handle.execute(
          "UPDATE follow_count SET followees = followees - ? WHERE account_id = ?",
          removed.length,
          follower.value());
      return removed.length;
    });
  }

  /**
   * Deletes some mutes and restrictions from or against the account, and its counters after the
   * last; true if there may be more.
   */
  public boolean eraseOf(AccountId account, int limit) {
    return outbox.write((handle, events) -> {
      long[] mutes =
          erased(
              handle,
              """
              DELETE FROM mute WHERE (viewer_id, author_id) IN (
                (SELECT viewer_id, author_id FROM mute WHERE viewer_id = :account LIMIT :limit)
                UNION ALL
                (SELECT viewer_id, author_id FROM mute WHERE author_id = :account LIMIT :limit))
              RETURNING viewer_id
              """,
              account,
              limit);
      long[] restrictions =
          erased(
              handle,
              """
              DELETE FROM restriction WHERE (author_id, viewer_id) IN (
                (SELECT author_id, viewer_id FROM restriction WHERE author_id = :account LIMIT :limit)
                UNION ALL
                (SELECT author_id, viewer_id FROM restriction WHERE viewer_id = :account LIMIT :limit))
              RETURNING viewer_id
              """,
              account,
              limit);
      long[] viewers =
          LongStream.concat(Arrays.stream(mutes), Arrays.stream(restrictions))
              .filter(viewer -> viewer != account.value())
              .distinct()
              .toArray();
      told(events, viewers);
      int found = mutes.length + restrictions.length;
      if (found == 0) {
        handle.execute("DELETE FROM follow_count WHERE account_id = ?", account.value());
      }
      return found > 0;
    });
  }

  private static void told(Events events, long[] viewers) {
    for (long viewer : viewers) {
      events.add(Event.of(SightChanged.TOPIC, new SightChanged(viewer)));
    }
  }

  private static void lock(Handle handle, AccountId account, long[] others) {
    handle
        .createQuery(
            "SELECT account_id FROM follow_count WHERE account_id = :account OR account_id = ANY (:others)"
                + " ORDER BY account_id FOR UPDATE")
        .bind("account", account.value())
        .bind("others", others)
        .mapTo(Long.class)
        .list();
  }

  private static void count(Handle handle, String change, long[] accounts) {
    handle
        .createUpdate("UPDATE follow_count SET " + change + " WHERE account_id = ANY (:accounts)")
        .bind("accounts", accounts)
        .execute();
  }

  private static long[] returned(Handle handle, String sql, AccountId account, long[] others) {
    return handle
        .createQuery(sql)
        .bind("account", account.value())
        .bind("others", others)
        .mapTo(Long.class)
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  private static long[] erased(Handle handle, String sql, AccountId account, int limit) {
    return handle
        .createQuery(sql)
        .bind("account", account.value())
        .bind("limit", limit)
        .mapTo(Long.class)
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  private long[] ids(String sql, AccountId account, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(sql)
            .bind(0, account.value())
            .bind(1, limit)
            .map((row, context) -> Database.longs(row.getArray(1)))
            .one());
  }
}
