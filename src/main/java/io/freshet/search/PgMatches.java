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

  /** The most rows that are walked over at a time: some 10 ms. */
  static final int MOST_WALKED = 10_000;

  /** What a candidate that the index gives costs, in rows walked over: its page is its own. */
  private static final double INDEX_COST = 1.5;

  /** The most that the index may give, in rows walked over, where a walk may find too few. */
  private static final double MOST_LOOKED_UP = 15_000;

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

  /** The newest row there is, whether it matches or not. */
  long top() {
    return handle
        .createQuery("SELECT coalesce(max(id), 0) FROM " + source.table())
        .mapTo(Long.class)
        .one();
  }

  /**
   * At most {@code count} matches with ids below {@code before}. Fewer than there are only where to
   * find more would take too long, as for phrases of very frequent words: the floor is where to go
   * on.
   */
  Newest newest(long before, int count) {
    if (!asked.isIndexed()) {
      return walked(before, MOST_WALKED, count);
    }
    Sample sample = sample(before);
    if (sample.rows() < SAMPLE) {
      return Newest.ofAll(walk(before, SAMPLE, count), count);
    }
    double lookUp = sample.costOfLookUp();
    double walk = sample.costOfWalk(count);
    if (walk < lookUp && walk <= MOST_WALKED) {
      Newest met = walked(before, MOST_WALKED, count);
      if (met.matches().size() == count || lookUp > MOST_LOOKED_UP) {
        return met;
      }
    } else if (lookUp > MOST_LOOKED_UP) {
      return walked(before, MOST_WALKED, count);
    }
    return Newest.ofAll(lookUp(before, count), count);
  }

  /**
   * What the newest rows say of all.
   *
   * @param candidates that an index would give
   * @param table rows in the whole table, estimated
   */
  private record Sample(int rows, int matches, int candidates, double table) {
    /** In rows walked over, like the other. */
    double costOfLookUp() {
      return INDEX_COST * candidates / rows * table;
    }

    double costOfWalk(int count) {
      return (double) count * rows / matches;
    }
  }

  private Sample sample(long before) {
    return bound(
            """
            SELECT count(*), count(*) FILTER (WHERE %s), count(*) FILTER (WHERE %s),
                   (SELECT reltuples FROM pg_class WHERE oid = '%s'::regclass)
            FROM (SELECT %s FROM %s WHERE id < :before ORDER BY id DESC LIMIT :walked) AS newest
            """
                .formatted(
                    source.matches(),
                    source.candidates(),
                    source.table(),
                    source.text(),
                    source.table()))
        .bind("before", before)
        .bind("walked", SAMPLE)
        .map((row, context) ->
            new Sample(row.getInt(1), row.getInt(2), row.getInt(3), row.getDouble(4)))
        .one();
  }

  private Newest walked(long before, int rows, int count) {
    List<Match> met = walk(before, rows, count);
    return met.size() == count
        ? new Newest(met, met.getLast().id())
        : new Newest(met, lowest(before, rows));
  }

  /** The last id that a walk comes to; 0 if it comes to the end. */
  private long lowest(long before, int rows) {
    return handle
        .createQuery(
            """
            SELECT CASE WHEN count(*) = :walked THEN min(id) ELSE 0 END
            FROM (SELECT id FROM %s WHERE id < :before ORDER BY id DESC LIMIT :walked) AS newest
            """
                .formatted(source.table()))
        .bind("before", before)
        .bind("walked", rows)
        .mapTo(Long.class)
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

  /**
   * The sums keep the order and the bound of ids from being answered by the primary key. Only what
   * is among the newest is ranked: to rank takes far longer than to find.
   */
  List<Match> lookUp(long before, int count) {
    return matches(
        """
        SELECT id, %s AS rank FROM (
          SELECT id AS found FROM %s
          WHERE %s AND %s IS NOT NULL AND id + 0 < :before AND %s <> ALL (:unseen)
          ORDER BY id + 0 DESC LIMIT :count) AS newest
        JOIN %s ON id = found ORDER BY id DESC
        """
            .formatted(
                source.rank(),
                source.table(),
                source.matches(),
                source.text(),
                source.author(),
                source.table()),
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
