package io.freshet.graph;

import io.freshet.platform.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Whom somebody's deeds reach, as the graph's tables say now. Thread-safe. */
public final class PgReach {
  private final Jdbi jdbi;
  private final InstantSource clock;

  public PgReach(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Those of these people, ascending, who may be told of what the actor does at the place of an
   * owner: others than the actor, who do not mute the actor, and none of whom and the actor, or the
   * owner, hides from the other.
   */
  public long[] reached(long actor, long owner, long[] people) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT array(
                  SELECT p.id FROM unnest(:people) AS p (id)
                  WHERE p.id <> :actor
                    AND NOT EXISTS (
                      SELECT FROM mute WHERE viewer_id = p.id AND author_id = :actor
                        AND (muted_until IS NULL OR muted_until > :now))
                    AND NOT EXISTS (
                      SELECT FROM restriction WHERE author_id IN (:actor, :owner) AND viewer_id = p.id)
                    AND NOT EXISTS (
                      SELECT FROM restriction WHERE author_id = p.id AND viewer_id = :actor)
                  ORDER BY 1)
                """)
            .bind("people", people)
            .bind("actor", actor)
            .bind("owner", owner)
            .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
            .map((row, context) -> Database.longs(row.getArray(1)))
            .one());
  }

  /**
   * Those of these people, ascending, of whose deeds at their own place somebody may be told:
   * others than themselves, whom they do not mute and none of whom hides from the other.
   */
  public long[] heard(long listener, long[] actors) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT array(
                  SELECT a.id FROM unnest(:actors) AS a (id)
                  WHERE a.id <> :listener
                    AND NOT EXISTS (
                      SELECT FROM mute WHERE viewer_id = :listener AND author_id = a.id
                        AND (muted_until IS NULL OR muted_until > :now))
                    AND NOT EXISTS (
                      SELECT FROM restriction
                      WHERE (author_id, viewer_id) IN ((a.id, :listener), (:listener, a.id)))
                  ORDER BY 1)
                """)
            .bind("actors", actors)
            .bind("listener", listener)
            .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
            .map((row, context) -> Database.longs(row.getArray(1)))
            .one());
  }

  /** Since when somebody follows somebody. */
  public Optional<Instant> following(long follower, long followee) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT created_at FROM follow WHERE follower_id = ? AND followee_id = ?")
            .bind(0, follower)
            .bind(1, followee)
            .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant())
            .findOne());
  }
}
