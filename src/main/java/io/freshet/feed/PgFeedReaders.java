package io.freshet.feed;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table feed_reader. */
final class PgFeedReaders {
  private final Jdbi jdbi;

  PgFeedReaders(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void save(Map<Long, Instant> lastRead) {
    jdbi.useTransaction(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              """
              INSERT INTO feed_reader (account_id, last_read_at) SELECT id, ? FROM account WHERE id = ?
              ON CONFLICT (account_id) DO UPDATE SET last_read_at = excluded.last_read_at
              """);
      lastRead.forEach((id, at) -> batch.add(at.atOffset(ZoneOffset.UTC), id));
      batch.execute();
    });
  }

  void erase(long viewer) {
    jdbi.useHandle(
        handle -> handle.execute("DELETE FROM feed_reader WHERE account_id = ?", viewer));
  }

  List<Long> since(Instant instant, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT account_id FROM feed_reader WHERE last_read_at >= ? ORDER BY last_read_at DESC LIMIT ?")
            .bind(0, instant.atOffset(ZoneOffset.UTC))
            .bind(1, limit)
            .mapTo(Long.class)
            .list());
  }
}
