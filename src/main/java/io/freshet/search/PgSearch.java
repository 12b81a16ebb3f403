package io.freshet.search;

import io.freshet.platform.Replica;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The door to the database for searches, which may lag and may not last. */
final class PgSearch {
  /**
   * How long one statement may take: nobody waits longer for a search, and whoever wants to keep
   * the database busy with searches shall not.
   */
  private static final int TIMEOUT_MILLIS = 1_000;

  private static final String CANCELED = "57014";

  private final Replica replica;

  PgSearch(Replica replica) {
    this.replica = replica;
  }

  /**
   * Searches in a transaction of its own. Its plans are ours: a table is never read as a whole, and
   * no time goes into compiling.
   */
  <T> T search(Function<Handle, T> search) {
    // Told here already: to the replica a cancelled statement would be the sign of an outage.
    return replica.query(handle -> {
      try {
        return handle.inTransaction(open -> {
          int _ =
              open.execute(
                  """
                  SELECT set_config('statement_timeout', ?, true), set_config('enable_seqscan', 'off', true),
                         set_config('jit', 'off', true)
                  """,
                  Integer.toString(TIMEOUT_MILLIS));
          return search.apply(open);
        });
      } catch (UnableToExecuteStatementException e) {
        throw e.getCause() instanceof SQLException sql && CANCELED.equals(sql.getSQLState())
            ? new SearchException(
                SearchException.Problem.TOO_SLOW,
                "the search took too long: use other words, or try again in a moment")
            : e;
      }
    });
  }

  /** Reads what somebody searches for. */
  static Asked ask(Handle handle, String text) {
    return handle
        .createQuery(
            """
            SELECT query, regexp_replace(CAST(query AS text), '<(-|[0-9]+)>', '&', 'g') AS loose,
                   querytree(query) NOT IN ('', 'T') AS indexed, search_words(:text) AS words
            FROM search_query(:text) AS query
            """)
        .bind("text", text)
        .map((row, context) ->
            new Asked(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4)))
        .one();
  }

  /** A query of what is asked for, whose values are bound as far as it names them. */
  static Query bound(Handle handle, String sql, Asked asked) {
    Query query = handle.createQuery(sql);
    if (sql.contains(":query")) {
      query.bind("query", asked.query());
    }
    if (sql.contains(":loose")) {
      query.bind("loose", asked.loose());
    }
    if (sql.contains(":words")) {
      query.bind("words", asked.words());
    }
    List<String> words = asked.list();
    for (int i = 0; i < words.size(); i++) {
      if (sql.contains(":word" + i)) {
        query.bind("word" + i, "% " + words.get(i) + "%");
      }
    }
    return query;
  }
}
