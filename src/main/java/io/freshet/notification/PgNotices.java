package io.freshet.notification;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/**
 * The rows of the table notification, as deeds come and go. Whoever changes one leaves it
 * unsettled, and {@link PgSettling} makes the groups follow. Thread-safe.
 */
final class PgNotices {
  private static final String TAKE_BACK =
      """
      UPDATE notification n SET removed = true FROM (%s) AS gone
      WHERE (n.recipient_id, n.kind, n.subject_id, n.actor_id)
          = (gone.recipient_id, gone.kind, gone.subject_id, gone.actor_id)
      """;

  private static final String KEY = "n.recipient_id, n.kind, n.subject_id, n.actor_id";

  private final Jdbi jdbi;

  PgNotices(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Puts the deeds down for these of its recipients; how many rows that changed. An acceptance is
   * as old as the first look at it: its row stays as it is.
   */
  int put(Told told, long[] recipients) {
    long[] deeds = Arrays.stream(recipients).map(id -> told.deeds().getOrDefault(id, 0L)).toArray();
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO notification AS n (recipient_id, kind, subject_id, actor_id, deed_id)
                SELECT t.recipient, :kind, :subject, :actor, t.deed
                FROM unnest(:recipients, :deeds) AS t (recipient, deed) ORDER BY 1
                ON CONFLICT (recipient_id, kind, subject_id, actor_id)
                  DO UPDATE SET deed_id = excluded.deed_id, removed = false
                  WHERE n.removed OR (n.deed_id <> excluded.deed_id AND n.kind <> 'accepted')
                """)
            .bind("kind", told.kind().text())
            .bind("subject", told.subject())
            .bind("actor", told.actor())
            .bind("recipients", recipients)
            .bind("deeds", deeds)
            .execute());
  }

  /** Takes the actor's deeds about the subject back from all but these. */
  int takeBack(Told told) {
    return update(
        """
        UPDATE notification SET removed = true
        WHERE actor_id = :actor AND kind = :kind AND subject_id = :subject
          AND recipient_id <> ALL (:still) AND NOT removed
        """,
        update ->
            update
                .bind("actor", told.actor())
                .bind("kind", told.kind().text())
                .bind("subject", told.subject())
                .bind("still", array(told.deeds().keySet())));
  }

  /** Takes a follow back, but that of one day. */
  int takeBackFollow(long followee, long follower, long butOfDay) {
    return update(
        """
        UPDATE notification SET removed = true
        WHERE actor_id = :actor AND kind = 'follow' AND recipient_id = :recipient
          AND subject_id <> :day AND NOT removed
        """,
        update -> update.bind("actor", follower).bind("recipient", followee).bind("day", butOfDay));
  }

  /** Takes back what is about a post, so much at once; fewer only when that was all. */
  int takeBackAbout(long post, int limit) {
    return update(
        TAKE_BACK.formatted(
            """
            (SELECT %1$s FROM notification_group g JOIN notification n USING (recipient_id, kind, subject_id)
             WHERE g.subject_id = :post AND g.kind <> 'follow' AND NOT n.removed LIMIT :limit)
            UNION
            (SELECT %1$s FROM notification n
             WHERE n.subject_id = :post AND n.kind <> 'follow' AND NOT n.removed AND n.told_id <> n.deed_id
             LIMIT :limit)
            """
                .formatted(KEY)),
        update -> update.bind("post", post).bind("limit", limit));
  }

  /** Takes back what an actor did. */
  int takeBackOf(long actor, int limit) {
    return update(
        TAKE_BACK.formatted(
            "SELECT "
                + KEY
                + " FROM notification n WHERE n.actor_id = :actor AND NOT n.removed LIMIT :limit"),
        update -> update.bind("actor", actor).bind("limit", limit));
  }

  /** Takes back the rows of groups whose place is below this one. */
  int takeBackBelow(long place, int limit) {
    return update(
        TAKE_BACK.formatted(
            """
            SELECT %s FROM notification_group g JOIN notification n USING (recipient_id, kind, subject_id)
            WHERE g.id < :place AND NOT n.removed ORDER BY g.id LIMIT :limit
            """
                .formatted(KEY)),
        update -> update.bind("place", place).bind("limit", limit));
  }

  /** Takes back the rows of the groups that are too many, of people who have more than 1,000. */
  int takeBackBeyond(int groups, int limit) {
    return update(
        TAKE_BACK.formatted(
            """
            SELECT %s FROM notification_box b
            CROSS JOIN LATERAL (
              SELECT recipient_id, kind, subject_id FROM notification_group
              WHERE recipient_id = b.recipient_id ORDER BY id DESC OFFSET :groups) AS g
            JOIN notification n
              ON (n.recipient_id, n.kind, n.subject_id) = (g.recipient_id, g.kind, g.subject_id)
            WHERE b.groups > 1000 AND NOT n.removed LIMIT :limit
            """
                .formatted(KEY)),
        update -> update.bind("groups", groups).bind("limit", limit));
  }

  /** Deletes all that somebody was told, so much at once; 0 when nothing is left. */
  int erase(long recipient, int limit) {
    return jdbi.inTransaction(handle -> {
      PgSettling.alone(handle);
      int rows =
          handle.execute(
              """
              DELETE FROM notification WHERE (recipient_id, kind, subject_id, actor_id) IN (
                SELECT recipient_id, kind, subject_id, actor_id FROM notification
                WHERE recipient_id = ? LIMIT ?)
              """,
              recipient,
              limit);
      if (rows == limit) {
        return rows;
      }
      int groups =
          handle.execute("DELETE FROM notification_group WHERE recipient_id = ?", recipient);
      return rows
          + groups
          + handle.execute("DELETE FROM notification_box WHERE recipient_id = ?", recipient);
    });
  }

  private interface Binding {
    Update to(Update update);
  }

  private int update(String sql, Binding binding) {
    return jdbi.withHandle(handle -> binding.to(handle.createUpdate(sql)).execute());
  }

  private static Long[] array(Collection<Long> ids) {
    return List.copyOf(ids).toArray(Long[]::new);
  }
}
