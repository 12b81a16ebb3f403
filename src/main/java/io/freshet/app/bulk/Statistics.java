package io.freshet.app.bulk;

import io.freshet.app.Progress;
import io.freshet.platform.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Tells the database's planner of many new rows, which it would learn by itself minutes later. */
public final class Statistics {
  private static final List<String> TABLES =
      List.of(
          "account",
          "post",
          "question",
          "question_count",
          "answer",
          "vote",
          "tag",
          "question_tag",
          "comment",
          "post_count");

  private Statistics() {}

  /** Of all tables that an import of questions fills. */
  public static void gather(Database database, Progress progress) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, 0);
      for (int i = 0; i < TABLES.size(); i++) {
        progress.at("statistics", i, TABLES.size());
        statement.execute("VACUUM (ANALYZE) " + TABLES.get(i));
      }
      progress.at("statistics", TABLES.size(), TABLES.size());
    } catch (SQLException e) {
      throw new IllegalStateException("cannot gather statistics", e);
    }
  }
}
