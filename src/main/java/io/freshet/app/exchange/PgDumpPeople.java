package io.freshet.app.exchange;

import io.freshet.app.bulk.Person;
import io.freshet.app.exchange.DumpPeople.Row;
import io.freshet.platform.Ids;
import io.freshet.platform.OperatorException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Writes imported people into the table account. */
final class PgDumpPeople {
  private final Jdbi jdbi;

  PgDumpPeople(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  private record Found(long id, boolean signsIn) {}

  /**
   * Writes those who are not there yet, in one transaction.
   *
   * @param ids gets the ids of all, but of those who were removed
   * @return how many were new
   * @throws OperatorException if a handle belongs to somebody else; nothing of the batch is written
   */
  long write(List<Row> rows, Map<String, Long> ids) {
    return jdbi.inTransaction(handle -> {
      long inserted = insert(handle, rows);
      Map<String, Found> found = find(handle, rows);
      for (Row row : rows) {
        String name = row.person().handle();
        Found there = found.get(name);
        if (there != null) {
          requireSame(row, there);
          ids.put(name, there.id());
        }
      }
      return inserted;
    });
  }

  /**
   * Who is not in a list of users has the time of their first text, which another dump of the site
   * may lack. So the ids of one person may differ, but only an imported one is theirs, and nobody
   * came after they wrote.
   */
  private static void requireSame(Row row, Found there) {
    boolean isLater = row.isUser() && row.since().isAfter(Ids.instantOf(there.id()));
    if (there.signsIn() || !DumpIds.isImported(there.id()) || isLater) {
      throw new OperatorException(
          "The handle "
              + row.person().handle()
              + " belongs to somebody else already: give --prefix another word, one for each site.");
    }
  }

  private static long insert(Handle handle, List<Row> rows) {
    return handle
        .createUpdate(
            """
            INSERT INTO account (id, handle, first_name, last_name, city, biography, created_at)
            SELECT id, handle, first_name, last_name, city, biography, since::timestamptz
            FROM unnest(:ids, :handles, :first, :last, :cities, :biographies, :since)
              AS given (id, handle, first_name, last_name, city, biography, since)
            ON CONFLICT DO NOTHING
            """)
        .bind("ids", rows.stream().mapToLong(Row::id).toArray())
        .bind("handles", texts(rows, Person::handle))
        .bind("first", texts(rows, Person::firstName))
        .bind("last", texts(rows, Person::lastName))
        .bind("cities", texts(rows, Person::city))
        .bind("biographies", texts(rows, Person::biography))
        .bind("since", rows.stream().map(row -> row.since().toString()).toArray(String[]::new))
        .execute();
  }

  private static String[] texts(List<Row> rows, Function<Person, String> field) {
    return rows.stream().map(Row::person).map(field).toArray(String[]::new);
  }

  private static Map<String, Found> find(Handle handle, List<Row> rows) {
    Map<String, Found> found = new HashMap<>();
    handle
        .createQuery(
            "SELECT id, handle, password_hash IS NOT NULL FROM account WHERE handle = ANY (:handles)")
        .bind("handles", texts(rows, Person::handle))
        .map((row, _) -> found.put(row.getString(2), new Found(row.getLong(1), row.getBoolean(3))))
        .list();
    return found;
  }
}
