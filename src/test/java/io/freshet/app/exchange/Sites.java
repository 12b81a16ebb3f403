package io.freshet.app.exchange;

import io.freshet.app.Progress;
import io.freshet.app.exchange.ExchangeImport.Result;
import io.freshet.platform.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What the tests of imported sites share: the site made for them, and what a database then holds.
 */
final class Sites {
  static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

  static final Path MADE_UP = Path.of("src/test/resources/exchange/site");

  private Sites() {}

  static Result bring(Database database, Path directory) {
    return new ExchangeImport(directory, "se", database, NOW, Progress.SILENT).run();
  }

  /** Every column of every row that an import writes. */
  static List<String> everything(Database database) {
    return list(
        database,
        """
        SELECT 'account ' || a::text FROM account a UNION ALL SELECT 'post ' || p::text FROM post p
        UNION ALL SELECT 'question ' || q::text FROM question q
        UNION ALL SELECT 'answer ' || (id, question_id, author_id, body, version, edited_at, accepted, score)::text FROM answer
        UNION ALL SELECT 'vote ' || v::text FROM vote v UNION ALL SELECT 'tag ' || t::text FROM tag t
        UNION ALL SELECT 'question_tag ' || t::text FROM question_tag t UNION ALL SELECT 'comment ' || c::text FROM comment c
        UNION ALL SELECT 'question_count ' || (question_id, score, answers, views, hot)::text FROM question_count
        UNION ALL SELECT 'post_count ' || (post_id, likes, comments, shares)::text FROM post_count
        ORDER BY 1
        """);
  }

  /** The rows whose counters are not what the counted rows say. */
  static List<String> miscounted(Database database) {
    return list(
        database,
        """
        SELECT 'question ' || c.question_id FROM question_count c
        WHERE score <> (SELECT coalesce(sum(value), 0) FROM vote WHERE item_id = c.question_id)
           OR answers <> (SELECT count(*) FROM answer a WHERE a.question_id = c.question_id)
        UNION ALL
        SELECT 'answer ' || id FROM answer a
        WHERE score <> (SELECT coalesce(sum(value), 0) FROM vote WHERE item_id = a.id) OR NOT counted
        UNION ALL
        SELECT 'tag ' || name FROM tag t
        WHERE questions <> (SELECT count(*) FROM question_tag WHERE tag = t.name)
           OR questions <> (SELECT count(*) FROM question WHERE t.name = ANY (tags))
        UNION ALL
        SELECT 'vote ' || voter_id FROM vote WHERE counted <> value
        UNION ALL
        SELECT 'comments of ' || p.id FROM post p LEFT JOIN post_count c ON c.post_id = p.id
        WHERE coalesce(comments, 0) <> (SELECT count(*) FROM comment WHERE comment.post_id = p.id AND counted)
        """);
  }

  static List<String> list(Database database, String query) {
    return database
        .jdbi()
        .withHandle(handle -> handle.createQuery(query).mapTo(String.class).list());
  }

  static long number(Database database, String query) {
    return Long.parseLong(list(database, query).getFirst());
  }
}
