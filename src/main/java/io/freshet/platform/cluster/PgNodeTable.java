package io.freshet.platform.cluster;

import java.util.List;
import java.util.OptionalInt;
import org.jdbi.v3.core.Jdbi;

/** The tables node and node_epoch; the times are the database's. */
public final class PgNodeTable implements NodeTable {
  /** Number 0 is a process's that works alone, and the last one marks ids of imported people. */
  private static final int FIRST = 1;

  private static final int LAST = io.freshet.platform.Ids.NODES - 2;

  private static final String STRAYS =
      " WHERE leased_until <= clock_timestamp() AND wrote_to NOT IN ('', ?)";

  private final Jdbi jdbi;

  public PgNodeTable(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A number never used before, or else the one whose lease ended longest ago: clocks of machines
   * differ, and ids of its last holder shall be long past.
   */
  @Override
  public OptionalInt take(String token) {
    return jdbi.inTransaction(handle -> {
      handle.execute("LOCK TABLE node IN SHARE ROW EXCLUSIVE MODE");
      return handle
          .createQuery(
              """
              INSERT INTO node (number, token, leased_until, home, epoch)
              SELECT free.number, :token, clock_timestamp() + :lease * interval '1 millisecond', '', 0
              FROM (SELECT i AS number, node.leased_until FROM generate_series(:first, :last) i
                    LEFT JOIN node ON node.number = i
                    WHERE node.number IS NULL OR node.leased_until < clock_timestamp()
                    ORDER BY node.leased_until NULLS FIRST, i LIMIT 1) free
              ON CONFLICT (number) DO UPDATE
                SET token = excluded.token, leased_until = excluded.leased_until, home = '', epoch = 0, wrote_to = ''
              RETURNING number
              """)
          .bind("token", token)
          .bind("lease", Node.LEASE.toMillis())
          .bind("first", FIRST)
          .bind("last", LAST)
          .mapTo(Integer.class)
          .findOne()
          .map(OptionalInt::of)
          .orElseGet(OptionalInt::empty);
    });
  }

  @Override
  public boolean report(int number, String token, String home, long epoch, boolean bump) {
    return jdbi.inTransaction(handle -> {
      int renewed =
          handle.execute(
              """
              UPDATE node SET leased_until = clock_timestamp() + ? * interval '1 millisecond', home = ?, epoch = ?,
                              wrote_to = coalesce(nullif(?, ''), wrote_to)
              WHERE number = ? AND token = ?
              """,
              Node.LEASE.toMillis(),
              home,
              epoch,
              home,
              number,
              token);
      if (renewed == 1 && bump) {
        handle.execute("UPDATE node_epoch SET epoch = epoch + 1, began_at = clock_timestamp()");
      }
      return renewed == 1;
    });
  }

  /** One statement, so that rows and epoch are of one moment. */
  @Override
  public View view() {
    return jdbi.withHandle(handle -> {
      List<Seen> seen =
          handle
              .createQuery(
                  """
                  SELECT node_epoch.epoch, node_epoch.home,
                         CAST(extract(epoch FROM clock_timestamp() - node_epoch.began_at) * 1000 AS bigint),
                         node.number, node.home, node.epoch
                  FROM node_epoch JOIN node ON node.leased_until > clock_timestamp()
                  """)
              .map((row, context) ->
                  new Seen(
                      row.getLong(1),
                      row.getString(2),
                      row.getLong(3),
                      new Row(row.getInt(4), row.getString(5), row.getLong(6))))
              .list();
      if (seen.isEmpty()) {
        return new View(List.of(), 0, "", 0);
      }
      Seen first = seen.getFirst();
      return new View(
          seen.stream().map(Seen::row).toList(), first.epoch(), first.home(), first.epochMillis());
    });
  }

  private record Seen(long epoch, String home, long epochMillis, Row row) {}

  @Override
  public void adopt(String home) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE node_epoch SET epoch = epoch + 1, home = ?, began_at = clock_timestamp() WHERE home <> ?
            """,
            home,
            home));
  }

  @Override
  public boolean hasStrays(String home) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT EXISTS (SELECT FROM node" + STRAYS + ")")
            .bind(0, home)
            .mapTo(Boolean.class)
            .one());
  }

  @Override
  public void forgetStrays(String home) {
    jdbi.useHandle(handle -> handle.execute("UPDATE node SET wrote_to = ''" + STRAYS, home));
  }

  @Override
  public void giveBack(int number, String token) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE node SET leased_until = clock_timestamp() WHERE number = ? AND token = ?",
            number,
            token));
  }
}
