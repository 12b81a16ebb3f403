package io.freshet.notification;

import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.platform.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** The tables notification_group, to be read, and notification_box. Thread-safe. */
final class PgGroups {
  private final Jdbi jdbi;
  private final Outbox outbox;

  PgGroups(Jdbi jdbi, Outbox outbox) {
    this.jdbi = jdbi;
    this.outbox = outbox;
  }

  /**
   * A group as the reader sees it.
   *
   * @param newest the place when the newest of these was told
   * @param actors the newest, newest first, without those whom the reader does not see
   * @param deeds theirs
   * @param count of all actors but those
   */
  record Row(
      Kind kind, long subject, long id, long newest, long[] actors, long[] deeds, int count) {}

  /**
   * Groups between two places, newest first.
   *
   * @param hidden actors whom the recipient does not see
   * @param actors how many to name of each group
   */
  List<Row> between(
      long recipient, long after, long before, int limit, Collection<Long> hidden, int actors) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT g.kind, g.subject_id, g.id, n.newest, n.actors, n.deeds, g.total - (
                    SELECT count(*) FROM notification h
                    WHERE (h.recipient_id, h.kind, h.subject_id) = (g.recipient_id, g.kind, g.subject_id)
                      AND h.actor_id = ANY (:hidden) AND h.told_id <> 0) AS count
                FROM notification_group g CROSS JOIN LATERAL (
                  SELECT array_agg(actor_id) AS actors, array_agg(deed_id) AS deeds, max(position) AS newest FROM (
                    SELECT actor_id, deed_id, position FROM notification i
                    WHERE (i.recipient_id, i.kind, i.subject_id) = (g.recipient_id, g.kind, g.subject_id)
                      AND i.told_id <> 0 AND NOT i.removed AND i.actor_id <> ALL (:hidden)
                    ORDER BY i.position DESC, i.deed_id DESC LIMIT :actors) AS newest) AS n
                WHERE g.recipient_id = :recipient AND g.id > :after AND g.id < :before
                  AND n.actors IS NOT NULL
                ORDER BY g.id DESC LIMIT :limit
                """)
            .bind("recipient", recipient)
            .bind("after", after)
            .bind("before", before)
            .bind("limit", limit)
            .bind("hidden", hidden.toArray(Long[]::new))
            .bind("actors", actors)
            .map((row, context) -> row(row))
            .list());
  }

  private static Row row(ResultSet row) throws SQLException {
    long[] actors = Database.longs(row.getArray("actors"));
    return new Row(
        Kind.of(row.getString("kind")),
        row.getLong("subject_id"),
        row.getLong("id"),
        row.getLong("newest"),
        actors,
        Database.longs(row.getArray("deeds")),
        Math.max(row.getInt("count"), actors.length));
  }

  /** The place up to which somebody has read. */
  long readUpTo(long recipient) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT read_up_to FROM notification_box WHERE recipient_id = ?")
            .bind(0, recipient)
            .mapTo(Long.class)
            .findOne()
            .orElse(0L));
  }

  /**
   * Marks as read up to a place, never back and never beyond what there is; whether that is news.
   */
  boolean read(long recipient, long upTo) {
    return outbox.write((handle, events) -> {
      int moved =
          handle.execute(
              """
              UPDATE notification_box SET read_up_to = least(?, top)
              WHERE recipient_id = ? AND read_up_to < least(?, top)
              """,
              upTo,
              recipient,
              upTo);
      if (moved == 1) {
        NotificationsChanged changed = new NotificationsChanged(List.of(recipient));
        events.add(Event.of(NotificationsChanged.TOPIC, changed));
      }
      return moved == 1;
    });
  }

  /** What these people want; who has not said anything is left out. */
  Map<Long, Preferences> preferences(Collection<Long> recipients) {
    Map<Long, Preferences> found = new HashMap<>();
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                """
                SELECT recipient_id, unwanted, only_followed FROM notification_box
                WHERE recipient_id = ANY (?) AND (unwanted <> '{}' OR only_followed)
                """)
            .bind(0, recipients.toArray(Long[]::new))
            .map((row, context) -> {
              String[] unwanted = (String[]) row.getArray(2).getArray();
              Set<Kind> kinds = Arrays.stream(unwanted).map(Kind::of).collect(Collectors.toSet());
              return found.put(row.getLong(1), new Preferences(kinds, row.getBoolean(3)));
            })
            .list());
    return found;
  }

  void prefer(long recipient, Preferences preferences) {
    String[] unwanted = preferences.unwanted().stream().map(Kind::text).toArray(String[]::new);
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO notification_box (recipient_id, unwanted, only_followed)
                VALUES (:recipient, :unwanted, :onlyFollowed)
                ON CONFLICT (recipient_id) DO UPDATE
                  SET unwanted = excluded.unwanted, only_followed = excluded.only_followed
                """)
            .bind("recipient", recipient)
            .bind("unwanted", unwanted)
            .bind("onlyFollowed", preferences.onlyFollowed())
            .execute());
  }
}
