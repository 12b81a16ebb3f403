package io.freshet.ranking;

import io.freshet.platform.Ids;
import io.freshet.ranking.BestMembers.Member;
import io.freshet.ranking.PopularTags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Computes rankings. Ids are times, so each query reads a range of primary keys: what was asked and
 * answered within the time, however much there is before it. Thread-safe.
 */
final class PgRankings {
  private static final int TAG_MONTHS = 3;
  private static final Duration MEMBERS_TIME = Duration.ofDays(7);

  /** Best members who are kept for {@link Rankings#SHOWN} that are shown. */
  static final int SPARE = 50;

  private final Jdbi jdbi;

  PgRankings(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** As of this moment, by the questions that live now. */
  PopularTags tags(Instant now) {
    Instant since = now.atOffset(ZoneOffset.UTC).minusMonths(TAG_MONTHS).toInstant();
    List<Tag> tags =
        jdbi.withHandle(handle ->
            between(
                    since,
                    now,
                    handle.createQuery(
                        """
                        SELECT tag, count(*) AS questions FROM question_tag
                        WHERE question_id >= :since AND question_id < :until
                        GROUP BY tag ORDER BY questions DESC, tag COLLATE "C" LIMIT :limit
                        """))
                .bind("limit", Rankings.SHOWN)
                .map((row, context) -> new Tag(row.getString("tag"), row.getLong("questions")))
                .list());
    return new PopularTags(now, tags);
  }

  /** As of this moment, by what lives now and the votes of now. */
  BestMembers members(Instant now) {
    List<Member> members =
        jdbi.withHandle(handle ->
            between(
                    now.minus(MEMBERS_TIME),
                    now,
                    handle.createQuery(
                        """
                        SELECT author_id, sum(score) AS score
                        FROM (
                          SELECT q.author_id, c.score
                          FROM question q JOIN question_count c ON c.question_id = q.id
                          WHERE q.id >= :since AND q.id < :until AND q.deleted_at IS NULL
                          UNION ALL
                          SELECT a.author_id, a.score
                          FROM answer a JOIN question q ON q.id = a.question_id
                          WHERE a.id >= :since AND a.id < :until
                            AND a.deleted_at IS NULL AND q.deleted_at IS NULL
                        ) item
                        WHERE EXISTS
                          (SELECT FROM account WHERE id = item.author_id AND removed_at IS NULL)
                        GROUP BY author_id HAVING sum(score) > 0
                        ORDER BY score DESC, author_id LIMIT :limit
                        """))
                .bind("limit", SPARE)
                .map((row, context) -> new Member(row.getLong("author_id"), row.getLong("score")))
                .list());
    return new BestMembers(now, members);
  }

  /** From the first moment to the last, both included. */
  private static Query between(Instant since, Instant now, Query query) {
    return query.bind("since", Ids.firstAt(since)).bind("until", Ids.firstAt(now.plusMillis(1)));
  }
}
