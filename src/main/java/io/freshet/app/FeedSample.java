package io.freshet.app;

import io.freshet.feed.FeedStore;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Draws people at random, in short runs from random places: cheap, however many there are. */
final class FeedSample {
  /** People next to each other that are drawn together. */
  private static final int RUN = 10;

  private final Jdbi jdbi;
  private final FeedStore feeds;

  FeedSample(Jdbi jdbi, FeedStore feeds) {
    this.jdbi = jdbi;
    this.feeds = feeds;
  }

  /** Some whose feeds are cached: among those who read since then, and among all. */
  List<Long> cached(int most, Instant since, Instant now) {
    return Stream.concat(readers(most, since, now).stream(), accounts(most).stream())
        .distinct()
        .filter(id -> feeds.peek(id).isPresent())
        .limit(most)
        .toList();
  }

  /** Some of those who have read their feed since then. */
  List<Long> readers(int most, Instant since, Instant now) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT DISTINCT reader.account_id
                FROM (SELECT random() AS share FROM generate_series(1, :runs)) AS place
                CROSS JOIN LATERAL (SELECT account_id FROM feed_reader
                                    WHERE last_read_at >= CAST(:since AS timestamptz) + place.share * (:now - CAST(:since AS timestamptz))
                                    ORDER BY last_read_at LIMIT :run) AS reader
                LIMIT :most
                """)
            .bind("runs", runs(most))
            .bind("run", RUN)
            .bind("since", since.atOffset(ZoneOffset.UTC))
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("most", most)
            .mapTo(Long.class)
            .list());
  }

  private List<Long> accounts(int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT DISTINCT person.id
                FROM (SELECT random() AS share FROM generate_series(1, :runs)) AS place
                CROSS JOIN (SELECT min(id) AS first, max(id) AS last FROM account) AS ends
                CROSS JOIN LATERAL (SELECT id FROM account
                                    WHERE id >= ends.first + CAST(place.share * (ends.last - ends.first) AS bigint)
                                    ORDER BY id LIMIT :run) AS person
                LIMIT :most
                """)
            .bind("runs", runs(most))
            .bind("run", RUN)
            .bind("most", most)
            .mapTo(Long.class)
            .list());
  }

  private static int runs(int most) {
    return Math.ceilDiv(most, RUN);
  }
}
