package io.freshet.app.csv;

import io.freshet.account.Profile;
import io.freshet.platform.Ids;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Writes people and who follows whom, in the transaction of whoever calls. */
final class PgCsvPeople {
  private PgCsvPeople() {}

  /**
   * Writes those whose handle is free.
   *
   * @return the ids of the new, by handle
   */
  static Map<String, Long> insert(Handle handle, Map<String, Profile> people, Ids ids) {
    List<Map.Entry<String, Profile>> rows = List.copyOf(people.entrySet());
    Map<String, Long> added = new HashMap<>();
    handle
        .createQuery(
            """
            INSERT INTO account (id, handle, first_name, last_name, city, biography, created_at)
            SELECT id, handle, first_name, last_name, city, biography, now()
            FROM unnest(:ids, :handles, :first, :last, :cities, :biographies)
              AS given (id, handle, first_name, last_name, city, biography)
            ON CONFLICT (handle) DO NOTHING
            RETURNING handle, id
            """)
        .bind("ids", rows.stream().mapToLong(_ -> ids.next()).toArray())
        .bind("handles", rows.stream().map(Map.Entry::getKey).toArray(String[]::new))
        .bind("first", texts(rows, Profile::firstName))
        .bind("last", texts(rows, Profile::lastName))
        .bind("cities", texts(rows, Profile::city))
        .bind("biographies", texts(rows, Profile::biography))
        .map((row, _) -> added.put(row.getString(1), row.getLong(2)))
        .list();
    return added;
  }

  static Map<String, Long> find(Handle handle, List<String> handles) {
    Map<String, Long> found = new HashMap<>();
    handle
        .createQuery(
            "SELECT handle, id FROM account WHERE handle = ANY (:handles) AND removed_at IS NULL")
        .bind("handles", handles.toArray(String[]::new))
        .map((row, _) -> found.put(row.getString(1), row.getLong(2)))
        .list();
    return found;
  }

  /**
   * How many were new.
   *
   * @param counts by account what is to be {@link #count}ed: followees and followers
   */
  static long follow(
      Handle handle, long[] followers, long[] followees, SortedMap<Long, int[]> counts) {
    List<long[]> added =
        handle
            .createQuery(
                """
                INSERT INTO follow (follower_id, followee_id, created_at)
                SELECT follower, followee, now() FROM unnest(:followers, :followees) AS given (follower, followee)
                ON CONFLICT DO NOTHING
                RETURNING follower_id, followee_id
                """)
            .bind("followers", followers)
            .bind("followees", followees)
            .map((row, _) -> new long[] {row.getLong(1), row.getLong(2)})
            .list();
    for (long[] edge : added) {
      counts.computeIfAbsent(edge[0], _ -> new int[2])[0]++;
      counts.computeIfAbsent(edge[1], _ -> new int[2])[1]++;
    }
    return added.size();
  }

  /**
   * Once a transaction and in the order of ids, so that two who count never wait for each other.
   */
  static void count(Handle handle, SortedMap<Long, int[]> counts) {
    handle
        .createUpdate(
            """
            INSERT INTO follow_count (account_id, followees, followers)
            SELECT id, followees, followers FROM unnest(:ids, :followees, :followers) AS given (id, followees, followers)
            ORDER BY id
            ON CONFLICT (account_id) DO UPDATE SET
              followees = follow_count.followees + excluded.followees,
              followers = follow_count.followers + excluded.followers
            """)
        .bind("ids", counts.keySet().stream().mapToLong(Long::longValue).toArray())
        .bind("followees", counts.values().stream().mapToInt(count -> count[0]).toArray())
        .bind("followers", counts.values().stream().mapToInt(count -> count[1]).toArray())
        .execute();
  }

  private static String[] texts(
      List<Map.Entry<String, Profile>> rows, Function<Profile, String> field) {
    return rows.stream().map(Map.Entry::getValue).map(field).toArray(String[]::new);
  }
}
