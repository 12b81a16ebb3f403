package io.freshet.security;

import io.freshet.platform.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fingerprints of all tables, to see that a refused request has left no trace. Tables that workers
 * write to in their own time are left out, and so are columns that they, or a mere look, change.
 */
final class Tables {
  private static final Set<String> IN_THEIR_OWN_TIME =
      Set.of("outbox", "node", "scheduled_task", "dead_letter", "feed_reader", "post_count");

  private final Database database;
  private final List<String> names;

  Tables(Database database) {
    this.database = database;
    this.names =
        database
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
                    .mapTo(String.class)
                    .list())
            .stream()
            .filter(name -> !IN_THEIR_OWN_TIME.contains(name) && !name.endsWith("_count"))
            .filter(name -> !name.startsWith("notification") && !name.startsWith("flyway"))
            .toList();
  }

  Map<String, String> fingerprints() {
    Map<String, String> prints = new LinkedHashMap<>();
    database
        .jdbi()
        .useHandle(handle -> {
          for (String name : names) {
            prints.put(name, handle.createQuery(fingerprint(name)).mapTo(String.class).one());
          }
        });
    return prints;
  }

  private static String fingerprint(String table) {
    return """
    SELECT coalesce(md5(string_agg(row, ',' ORDER BY row)), '')
    FROM (SELECT (to_jsonb(t) - 'counted' - 'score' - 'score_version' - 'last_used' - 'last_used_at' - 'used_at')::text AS row
          FROM %s t) AS rows
    """
        .formatted(table);
  }
}
