package io.freshet.graph;

import io.freshet.account.AccountId;
import io.freshet.platform.Database;
import io.freshet.platform.Replica;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Reads of the graph's tables for viewers and for lists that people see. */
final class PgViewers {
  private final Jdbi jdbi;
  private final Replica replica;

  PgViewers(Jdbi jdbi, Replica replica) {
    this.jdbi = jdbi;
    this.replica = replica;
  }

  long[] following(long author, long[] accounts) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT array(SELECT follower_id FROM follow WHERE followee_id = :author AND follower_id = ANY (:accounts) ORDER BY 1)")
            .bind("author", author)
            .bind("accounts", accounts)
            .map((row, context) -> Database.longs(row.getArray(1)))
            .one());
  }

  long[] seeing(long author, long[] accounts, Instant now) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT array(
                  SELECT follower_id FROM follow f
                  WHERE followee_id = :author AND follower_id = ANY (:accounts)
                    AND NOT EXISTS (
                      SELECT FROM mute
                      WHERE viewer_id = f.follower_id AND author_id = :author
                        AND (muted_until IS NULL OR muted_until > :now))
                    AND NOT EXISTS (
                      SELECT FROM restriction
                      WHERE viewer_id = f.follower_id AND author_id = :author)
                  ORDER BY 1)
                """)
            .bind("author", author)
            .bind("accounts", accounts)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .map((row, context) -> Database.longs(row.getArray(1)))
            .one());
  }

  Map<Long, Viewer> read(Collection<Long> ids) {
    return jdbi.withHandle(handle -> {
      Map<Long, Map<Long, Instant>> mutes = new HashMap<>();
      handle
          .createQuery(
              "SELECT viewer_id, author_id, muted_until FROM mute WHERE viewer_id = ANY (:ids)")
          .bind("ids", ids.toArray(Long[]::new))
          .map((row, context) -> {
            OffsetDateTime until = row.getObject(3, OffsetDateTime.class);
            return mutes
                .computeIfAbsent(row.getLong(1), viewer -> new HashMap<>())
                .put(row.getLong(2), until == null ? Instant.MAX : until.toInstant());
          })
          .list();
      Map<Long, Viewer> viewers = HashMap.newHashMap(ids.size());
      handle
          .createQuery(
              """
              SELECT v.id,
                     array(SELECT followee_id FROM follow WHERE follower_id = v.id ORDER BY 1),
                     array(SELECT author_id FROM restriction WHERE viewer_id = v.id ORDER BY 1)
              FROM unnest(:ids) AS v (id)
              """)
          .bind("ids", ids.toArray(Long[]::new))
          .map((row, context) -> {
            long id = row.getLong(1);
            Map<Long, Instant> muted = Map.copyOf(mutes.getOrDefault(id, Map.of()));
            return viewers.put(
                id,
                new Viewer(
                    id, Database.longs(row.getArray(2)), muted, Database.longs(row.getArray(3))));
          })
          .list();
      return viewers;
    });
  }

  List<Long> idsBelow(String select, long owner, long before, int limit) {
    return replica.query(handle ->
        handle
            .createQuery(select + " ORDER BY 1 DESC LIMIT ?")
            .bind(0, owner)
            .bind(1, before)
            .bind(2, limit)
            .mapTo(Long.class)
            .list());
  }

  List<Hiding> hidingsBelow(String select, long owner, long before, int limit) {
    return replica.query(handle ->
        handle
            .createQuery(select + " ORDER BY 1 DESC LIMIT ?")
            .bind(0, owner)
            .bind(1, before)
            .bind(2, limit)
            .map((row, context) ->
                new Hiding(
                    new AccountId(row.getLong(1)),
                    Optional.ofNullable(row.getObject(2, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)))
            .list());
  }
}
