package io.freshet.outbox;

import io.freshet.queue.DeadLetter;
import io.freshet.queue.DeadLetters;
import io.freshet.queue.Lane;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;

/** The events of the outbox that failed too often; their rows stay until an operator decides. */
public final class PgDeadLetters implements DeadLetters {
  private static final String ALL_OR_ONE = " WHERE parked_error IS NOT NULL AND (:all OR id = :id)";

  private final Jdbi jdbi;

  public PgDeadLetters(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public int count() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT count(*) FROM outbox WHERE parked_error IS NOT NULL")
            .mapTo(Integer.class)
            .one());
  }

  @Override
  public List<DeadLetter> list(int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT id, topic, created_at, parked_error, parked_attempts, parked_at
                FROM outbox WHERE parked_error IS NOT NULL ORDER BY id LIMIT ?
                """)
            .bind(0, limit)
            .map((row, context) ->
                new DeadLetter(
                    row.getLong("id"),
                    row.getString("topic"),
                    Lane.EVENTS,
                    row.getInt("parked_attempts"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getObject("parked_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                    row.getString("parked_error")))
            .list());
  }

  @Override
  public int retry(OptionalLong id) {
    return change(
        "UPDATE outbox SET parked_error = NULL, parked_at = NULL, claimed_until = '-infinity'", id);
  }

  @Override
  public int drop(OptionalLong id) {
    return change("DELETE FROM outbox", id);
  }

  private int change(String what, OptionalLong id) {
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(what + ALL_OR_ONE)
            .bind("all", id.isEmpty())
            .bind("id", id.orElse(0))
            .execute());
  }
}
