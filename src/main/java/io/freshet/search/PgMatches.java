package io.freshet.search;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds the newest matches of a table without touching more rows than it must, however many there
 * are. What is rare is looked up in the index, which has to give all matches to tell the newest;
 * what is frequent is met soon by walking over the newest rows. Which of the two it is, is seen
 * from a small sample.
 */
final class PgMatches {
  /** Rows of the sample: 1 to 2 ms. */
  static final int SAMPLE = 1_000;

  /** The most rows that are walked over: some 50 ms. */
  static final int MOST_WALKED = 20_000;

  /** What a match costs that comes by the index, in rows walked over: its page is its own. */
  private static final double INDEX_COST = 2;

  private final Handle handle;
  private final Source source;
  private final Asked asked;
  private final long[] unseen;

  /**
   * @param unseen authors whose rows are left out
   */
  PgMatches(Handle handle, Source source, Asked asked, long[] unseen) {
    this.handle = handle;
    this.source = source;
    this.asked = asked;
    this.unseen = unseen;
  }

  /**
   * At most {@code count} matches with ids below {@code before}, newest first. All that there are,
   * unless no index can help: then those among the {@link #MOST_WALKED} newest rows.
   */
  List<Match> newest(long before, int count) {
    if (!asked.isIndexed()) {
      return walk(before, MOST_WALKED, count);
    }
    Sample sample = sample(before);
    if (sample.rows() < SAMPLE) {
      return walk(before, SAMPLE, count);
    }
    if (sample.isWorthWalking(count)) {
      List<Match> met = walk(before, MOST_WALKED, count);
      if (met.size() == count) {
        return met;
      }
    }
    return lookUp(before, count);
  }

  /**
   * The newest rows.
   *
   * @param table rows in the whole table, estimated
   */
  private record Sample(int rows, int matches, double table) {
    boolean isWorthWalking(int count) {
      double frequency = (double) matches / rows;
      double walked = count / frequency;
      return walked <= MOST_WALKED && walked < INDEX_COST * frequency * table;
    }
  }

  private Sample sample(long before) {
    return bound(
            """
            SELECT count(*) AS rows, count(*) FILTER (WHERE %s) AS matches,
                   (SELECT reltuples FROM pg_class WHERE oid = '%s'::regclass) AS size
            FROM (SELECT %s FROM %s WHERE id < :before ORDER BY id DESC LIMIT :walked) AS newest
            """
                .formatted(source.matches(), source.table(), source.text(), source.table()))
        .bind("before", before)
        .bind("walked", SAMPLE)
        .map((row, context) -> new Sample(row.getInt(1), row.getInt(2), row.getDouble(3)))
        .one();
  }

  /** The inner limit keeps the condition from being answered by the index. */
  List<Match> walk(long before, int rows, int count) {
    return matches(
        """
        SELECT id, %s AS rank
        FROM (SELECT %s FROM %s WHERE id < :before ORDER BY id DESC LIMIT :walked) AS newest
        WHERE %s AND %s <> ALL (:unseen) ORDER BY id DESC LIMIT :count
        """
            .formatted(source.rank(), columns(), source.table(), source.matches(), source.author()),
        before,
        count,
        Map.of("walked", rows));
  }

  /** The sums keep the order and the bound of ids from being answered by the primary key. */
  List<Match> lookUp(long before, int count) {
    return matches(
        """
        SELECT id, %s AS rank FROM (
          SELECT %s FROM %s
          WHERE %s AND %s IS NOT NULL AND id + 0 < :before AND %s <> ALL (:unseen)
          ORDER BY id + 0 DESC LIMIT :count) AS newest
        ORDER BY id DESC
        """
            .formatted(
                source.rank(),
                columns(),
                source.table(),
                source.matches(),
                source.text(),
                source.author()),
        before,
        count,
        Map.of());
  }

  private String columns() {
    return String.join(", ", Stream.of("id", source.author(), source.text()).distinct().toList());
  }

  private List<Match> matches(String sql, long before, int count, Map<String, ?> more) {
    return bound(sql)
        .bind("before", before)
        .bindMap(more)
        .bind("count", count)
        .bind("unseen", unseen)
        .map((row, context) -> new Match(row.getLong(1), row.getFloat(2)))
        .list();
  }

  private Query bound(String sql) {
    return PgSearch.bound(handle, sql, asked);
  }
}
