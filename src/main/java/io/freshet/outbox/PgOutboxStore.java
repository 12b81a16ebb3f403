package io.freshet.outbox;

import io.freshet.platform.Ids;
import io.freshet.platform.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The outbox table. Claims, renewals and deletes do not wait for the disk: losing one to a crash
 * means that an event is published once more, which every handler allows.
 */
public final class PgOutboxStore implements OutboxStore {
  private final Jdbi jdbi;
  private final Ids ids;
  private final InstantSource clock;

  public PgOutboxStore(Jdbi jdbi, Ids ids, InstantSource clock) {
    this.jdbi = jdbi;
    this.ids = ids;
    this.clock = clock;
  }

  void append(Handle handle, Event event) {
    handle.execute(
        "INSERT INTO outbox (id, topic, body, created_at, trace) VALUES (?, ?, ?, ?, ?)",
        ids.next(),
        event.topic(),
        event.body(),
        utc(clock.instant()),
        Traces.here().orElse(null));
  }

  @Override
  public List<Row> claim(int limit, Instant now, Instant until) {
    return relaxed(handle ->
        handle
            .createQuery(
                """
                UPDATE outbox SET claimed_until = :until
                WHERE id IN (SELECT id FROM outbox WHERE claimed_until < :now AND parked_error IS NULL
                             ORDER BY claimed_until, id LIMIT :limit FOR UPDATE SKIP LOCKED)
                RETURNING id, topic, body, trace
                """)
            .bind("until", utc(until))
            .bind("now", utc(now))
            .bind("limit", limit)
            .map((row, context) ->
                new Row(
                    row.getLong(1),
                    new Event(row.getString(2), row.getBytes(3)),
                    Optional.ofNullable(row.getString(4))))
            .list());
  }

  @Override
  public void renew(Collection<Long> rows, Instant until) {
    relaxed(handle ->
        handle.execute(
            "UPDATE outbox SET claimed_until = ? WHERE id = ANY (?)",
            utc(until),
            rows.toArray(Long[]::new)));
  }

  @Override
  public void delete(Collection<Long> rows) {
    relaxed(handle ->
        handle.execute(
            "DELETE FROM outbox WHERE id = ANY (?)", (Object) rows.toArray(Long[]::new)));
  }

  @Override
  public void park(long id, String error, int attempts, Instant now) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE outbox SET parked_error = ?, parked_attempts = ?, parked_at = ? WHERE id = ?",
            error,
            attempts,
            utc(now),
            id));
  }

  @Override
  public void releaseAll() {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE outbox SET claimed_until = '-infinity' WHERE claimed_until > '-infinity'"));
  }

  @Override
  public Stats stats(Instant now) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) FILTER (WHERE parked_error IS NULL), min(created_at) FILTER (WHERE parked_error IS NULL),
                       count(*) FILTER (WHERE parked_error IS NOT NULL)
                FROM outbox
                """)
            .map((row, context) -> {
              OffsetDateTime oldest = row.getObject(2, OffsetDateTime.class);
              Duration age =
                  oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now);
              return new Stats(row.getLong(1), age, row.getLong(3));
            })
            .one());
  }

  private <T> T relaxed(java.util.function.Function<Handle, T> work) {
    return jdbi.inTransaction(handle -> {
      handle.execute("SET LOCAL synchronous_commit = off");
      return work.apply(handle);
    });
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
