package io.freshet.graph;

import io.freshet.graph.GraphException.Problem;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the tables mute and restriction, each with {@link SightChanged}. A cap may be overrun
 * by as many as are added in one moment. Thread-safe.
 */
public final class PgSights {
  private final Outbox outbox;
  private final InstantSource clock;

  public PgSights(Outbox outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  void mute(long viewer, long author, Optional<Instant> until) {
    int changed =
        change(
            viewer,
            """
            INSERT INTO mute (viewer_id, author_id, muted_until)
            SELECT ?, ?, ? WHERE EXISTS (SELECT FROM mute WHERE viewer_id = ? AND author_id = ?)
              OR (SELECT count(*) FROM mute WHERE viewer_id = ?) < ?
            ON CONFLICT (viewer_id, author_id) DO UPDATE SET muted_until = excluded.muted_until
            """,
            viewer,
            author,
            term(until),
            viewer,
            author,
            viewer,
            Mutes.MAX_MUTES);
    if (changed == 0) {
      throw new GraphException(
          Problem.TOO_MANY_MUTES, "an account can mute at most " + Mutes.MAX_MUTES + " others");
    }
  }

  void unmute(long viewer, long author) {
    int _ =
        change(viewer, "DELETE FROM mute WHERE viewer_id = ? AND author_id = ?", viewer, author);
  }

  void restrict(long author, long viewer, Optional<Instant> until) {
    int changed =
        change(
            viewer,
            """
            INSERT INTO restriction (author_id, viewer_id, restricted_until)
            SELECT ?, ?, ?
            WHERE EXISTS (SELECT FROM restriction WHERE author_id = ? AND viewer_id = ?)
              OR (SELECT count(*) FROM restriction WHERE author_id = ?) < ?
            ON CONFLICT (author_id, viewer_id) DO UPDATE SET restricted_until = excluded.restricted_until
            """,
            author,
            viewer,
            term(until),
            author,
            viewer,
            author,
            Restrictions.MAX_RESTRICTIONS);
    if (changed == 0) {
      throw new GraphException(
          Problem.TOO_MANY_RESTRICTIONS,
          "an account can restrict at most " + Restrictions.MAX_RESTRICTIONS + " others");
    }
  }

  void unrestrict(long author, long viewer) {
    int _ =
        change(
            viewer,
            "DELETE FROM restriction WHERE author_id = ? AND viewer_id = ?",
            author,
            viewer);
  }

  /**
   * Takes away some mutes and restrictions whose time has come, so that their viewers hear of it;
   * true if any.
   */
  public boolean endTerms(int limit) {
    return outbox.write((handle, events) -> {
      Set<Long> viewers = new TreeSet<>();
      viewers.addAll(
          ended(
              handle,
              """
              DELETE FROM mute WHERE (viewer_id, author_id) IN (
                SELECT viewer_id, author_id FROM mute WHERE muted_until <= ? ORDER BY muted_until LIMIT ?
                FOR UPDATE SKIP LOCKED)
              RETURNING viewer_id
              """,
              limit));
      viewers.addAll(
          ended(
              handle,
              """
              DELETE FROM restriction WHERE (author_id, viewer_id) IN (
                SELECT author_id, viewer_id FROM restriction WHERE restricted_until <= ? ORDER BY restricted_until LIMIT ?
                FOR UPDATE SKIP LOCKED)
              RETURNING viewer_id
              """,
              limit));
      viewers.forEach(viewer -> events.add(Event.of(SightChanged.TOPIC, new SightChanged(viewer))));
      return !viewers.isEmpty();
    });
  }

  private List<Long> ended(Handle handle, String sql, int limit) {
    return handle
        .createQuery(sql)
        .bind(0, clock.instant().atOffset(ZoneOffset.UTC))
        .bind(1, limit)
        .mapTo(Long.class)
        .list();
  }

  private static @Nullable OffsetDateTime term(Optional<Instant> until) {
    return until.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
  }

  private int change(long viewer, String sql, @Nullable Object... arguments) {
    return outbox.write((handle, events) -> {
      int changed = execute(handle, sql, arguments);
      if (changed > 0) {
        events.add(Event.of(SightChanged.TOPIC, new SightChanged(viewer)));
      }
      return changed;
    });
  }

  private static int execute(Handle handle, String sql, @Nullable Object... arguments) {
    try {
      return handle.execute(sql, arguments);
    } catch (UnableToExecuteStatementException e) {
      throw PgGraphStore.orNoSuchAccount(e);
    }
  }
}
