package io.freshet.notification;

import io.freshet.notification.Settlement.Group;
import io.freshet.notification.Settlement.Row;
import io.freshet.outbox.Event;
import io.freshet.outbox.Outbox;
import io.freshet.outbox.Outbox.Events;
import io.freshet.platform.Ids;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Carries unsettled rows over into their groups, and leaves {@link NotificationsChanged}: at rest a
 * group's total is the number of its rows. By one process at a time, whichever comes first; another
 * that dies half-way leaves nothing but unsettled rows. Thread-safe.
 */
public final class PgSettling {
  /** Rows settled in one transaction: some ten milliseconds of locks. */
  static final int ROWS = 1_000;

  /** Recipients in one event: what a worker tells live in some ten milliseconds. */
  private static final int RECIPIENTS = 100;

  /** The advisory lock of who changes groups. */
  private static final long LOCK = 0x6e6f_7469_6669_6361L;

  private final Jdbi jdbi;
  private final Outbox outbox;
  private final Ids ids;
  private final LongAdder told = new LongAdder();

  public PgSettling(Jdbi jdbi, Outbox outbox, Ids ids) {
    this.jdbi = jdbi;
    this.outbox = outbox;
    this.ids = ids;
  }

  /** Deeds told by this process. */
  public long told() {
    return told.sum();
  }

  /** Settles what waits, 1,000 rows at most; true when more may wait. */
  public boolean runOnce() {
    if (!isWaiting()) {
      return false;
    }
    Settlement done = outbox.write(this::settle);
    told.add(done.news());
    return done.rows().size() == ROWS;
  }

  /** Whether there are unsettled rows. */
  public boolean isWaiting() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT EXISTS (SELECT FROM notification WHERE removed OR told_id <> deed_id)")
            .mapTo(Boolean.class)
            .one());
  }

  /** How many rows are unsettled. */
  public long waiting() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT count(*) FROM notification WHERE removed OR told_id <> deed_id")
            .mapTo(Long.class)
            .one());
  }

  /** Waits until nobody else changes groups; until the end of the transaction nobody does. */
  static void alone(Handle handle) {
    handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
  }

  private static boolean isAlone(Handle handle) {
    return handle
        .createQuery("SELECT pg_try_advisory_xact_lock(?)")
        .bind(0, LOCK)
        .mapTo(Boolean.class)
        .one();
  }

  private Settlement settle(Handle handle, Events events) {
    List<Row> rows = isAlone(handle) ? unsettled(handle) : List.of();
    if (rows.isEmpty()) {
      return Settlement.NOTHING;
    }
    Settlement settlement = Settlement.of(rows, ids::next, recipients -> tops(handle, recipients));
    Map<Long, Integer> groups = new HashMap<>();
    mark(handle, settlement);
    begin(handle, settlement.withNews()).forEach(id -> groups.merge(id, 1, Integer::sum));
    count(handle, settlement.groups());
    end(handle, settlement.groups()).forEach(id -> groups.merge(id, -1, Integer::sum));
    keepBoxes(handle, settlement, groups);
    List<Long> recipients = settlement.recipients();
    for (int i = 0; i < recipients.size(); i += RECIPIENTS) {
      List<Long> some = recipients.subList(i, Math.min(i + RECIPIENTS, recipients.size()));
      events.add(Event.of(NotificationsChanged.TOPIC, new NotificationsChanged(List.copyOf(some))));
    }
    return settlement;
  }

  /** Those being changed now are left for the next time: nobody waits here, so nobody deadlocks. */
  private static List<Row> unsettled(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT recipient_id, kind, subject_id, actor_id, deed_id, told_id, removed FROM notification
            WHERE removed OR told_id <> deed_id ORDER BY deed_id LIMIT ? FOR UPDATE SKIP LOCKED
            """)
        .bind(0, ROWS)
        .map((row, context) ->
            new Row(
                new Group.Key(row.getLong(1), row.getString(2), row.getLong(3)),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getBoolean(7)))
        .list();
  }

  /** The last place given to each of these, who all have a box from now on. */
  private static Map<Long, Long> tops(Handle handle, Collection<Long> recipients) {
    Long[] sorted = recipients.stream().sorted().toArray(Long[]::new);
    handle.execute(
        """
        INSERT INTO notification_box (recipient_id) SELECT id FROM unnest(?) AS r (id)
        WHERE EXISTS (SELECT FROM account WHERE account.id = r.id) ORDER BY 1 ON CONFLICT DO NOTHING
        """,
        (Object) sorted);
    Map<Long, Long> tops = new HashMap<>();
    handle
        .createQuery("SELECT recipient_id, top FROM notification_box WHERE recipient_id = ANY (?)")
        .bind(0, sorted)
        .map((row, context) -> tops.put(row.getLong(1), row.getLong(2)))
        .list();
    return tops;
  }

  private static void mark(Handle handle, Settlement settlement) {
    List<Row> rows = settlement.rows();
    Map<Group.Key, Long> given = settlement.places();
    List<Long> places =
        rows.stream().map(row -> row.isNews() ? given.getOrDefault(row.group(), 0L) : 0L).toList();
    String these =
        """
        unnest(:recipients, :kinds, :subjects, :actors, :places) AS c (recipient_id, kind, subject_id, actor_id, place)
        WHERE (n.recipient_id, n.kind, n.subject_id, n.actor_id) = (c.recipient_id, c.kind, c.subject_id, c.actor_id)
        """;
    for (String sql :
        List.of(
            "UPDATE notification n SET told_id = deed_id, position = greatest(position, c.place) FROM "
                + these
                + " AND NOT n.removed",
            "DELETE FROM notification n USING " + these + " AND n.removed")) {
      handle
          .createUpdate(sql)
          .bind(
              "recipients", rows.stream().map(row -> row.group().recipient()).toArray(Long[]::new))
          .bind("kinds", rows.stream().map(row -> row.group().kind()).toArray(String[]::new))
          .bind("subjects", rows.stream().map(row -> row.group().subject()).toArray(Long[]::new))
          .bind("actors", rows.stream().map(Row::actor).toArray(Long[]::new))
          .bind("places", places.toArray(Long[]::new))
          .execute();
    }
  }

  /** Begins the groups that do not exist yet; whose they are. */
  private static List<Long> begin(Handle handle, List<Group> groups) {
    return change(
        handle,
        groups,
        """
        INSERT INTO notification_group (recipient_id, kind, subject_id, id)
        SELECT recipient_id, kind, subject_id, place FROM %s ON CONFLICT (recipient_id, kind, subject_id) DO NOTHING
        RETURNING recipient_id
        """);
  }

  private static void count(Handle handle, List<Group> groups) {
    change(
        handle,
        groups,
        """
        UPDATE notification_group g SET total = g.total + c.change, id = greatest(g.id, c.place) FROM %s
        WHERE (g.recipient_id, g.kind, g.subject_id) = (c.recipient_id, c.kind, c.subject_id)
        RETURNING g.recipient_id
        """);
  }

  /** Ends the groups that nothing is left of. */
  private static List<Long> end(Handle handle, List<Group> groups) {
    return change(
        handle,
        groups,
        """
        DELETE FROM notification_group g USING %s
        WHERE (g.recipient_id, g.kind, g.subject_id) = (c.recipient_id, c.kind, c.subject_id) AND g.total = 0
        RETURNING g.recipient_id
        """);
  }

  private static List<Long> change(Handle handle, List<Group> groups, String sql) {
    return handle
        .createQuery(
            sql.formatted(
                "unnest(:recipients, :kinds, :subjects, :places, :changes)"
                    + " AS c (recipient_id, kind, subject_id, place, change)"))
        .bind(
            "recipients",
            groups.stream().map(group -> group.key().recipient()).toArray(Long[]::new))
        .bind("kinds", groups.stream().map(group -> group.key().kind()).toArray(String[]::new))
        .bind("subjects", groups.stream().map(group -> group.key().subject()).toArray(Long[]::new))
        .bind("places", groups.stream().map(Group::place).toArray(Long[]::new))
        .bind("changes", groups.stream().map(Group::change).toArray(Integer[]::new))
        .mapTo(Long.class)
        .list();
  }

  private static void keepBoxes(Handle handle, Settlement settlement, Map<Long, Integer> groups) {
    List<Long> recipients = settlement.recipients();
    handle
        .createUpdate(
            """
            UPDATE notification_box b SET top = greatest(top, c.place), groups = groups + c.change
            FROM unnest(:recipients, :places, :changes) AS c (recipient_id, place, change)
            WHERE b.recipient_id = c.recipient_id
            """)
        .bind("recipients", recipients.toArray(Long[]::new))
        .bind(
            "places",
            recipients.stream()
                .map(id -> settlement.highest().getOrDefault(id, 0L))
                .toArray(Long[]::new))
        .bind(
            "changes",
            recipients.stream().map(id -> groups.getOrDefault(id, 0)).toArray(Integer[]::new))
        .execute();
  }
}
