package io.freshet.bench;

import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Questions and what belongs to them, made up within the database by one statement a table, the
 * same each time: for n questions n/10 people, n/10 tags, 10n answers, 20n votes, spread evenly
 * over two years. Few tags, questions and people get most; a word in two is one of fifty, and
 * every title has one that at most three others have. Counters say what the rows say.
 */
final class QaTown {
  private static final Duration TIME = Duration.ofDays(730);

  /** What no server draws, so that the ids are nobody's. */
  private static final long NODE = (long) (Ids.NODES - 1) << 12;

  private final Database database;
  private final Instant end;

  QaTown(Database database, Instant end) {
    this.database = database;
    this.end = end;
  }

  void write(int questions) throws SQLException {
    database.jdbi().useTransaction(handle -> {
      // A statement may take minutes.
      handle.getConnection().setNetworkTimeout(Runnable::run, 0);
      handle.execute("SET LOCAL synchronous_commit = off");
      handle.execute("SET LOCAL work_mem = '256MB'");
      handle.execute("SET LOCAL max_parallel_workers_per_gather = 0");
      handle.execute("SELECT setseed(0.5)");
      words(handle);
      people(handle, questions / 10);
      questions(handle, questions);
      answers(handle, questions * 10);
      votes(handle, questions);
      counts(handle);
    });
    database.jdbi().useHandle(handle -> {
      handle.getConnection().setNetworkTimeout(Runnable::run, 0);
      handle.execute("VACUUM ANALYZE");
    });
  }

  /** The id of the i-th of so many, as an expression. */
  private String id(String i, int of, int kind) {
    return "(%d::bigint + ((%s)::bigint * %d / %d << 22) + %d)"
        .formatted(
            Ids.firstAt(end.minus(TIME)) | NODE, i, TIME.toMillis(), Math.max(1, of), kind);
  }

  /** Sentences of common words in both languages; the first words of each list most often. */
  private static void words(Handle handle) {
    run(
        handle,
        """
        CREATE TEMP TABLE sentence ON COMMIT DROP AS
        SELECT i, (SELECT string_agg(word[1 + floor(%1$d * random() ^ 2)::int + 0 * n], ' ')
                   FROM generate_series(1, 9 + i %% 5) AS n) AS text
        FROM generate_series(0, 4999) AS i, (SELECT ARRAY[%2$s] AS word) AS all_words
        """
            .formatted(QaWords.ENGLISH.size() + QaWords.RUSSIAN.size(), QaWords.sql()),
        "CREATE UNIQUE INDEX ON sentence (i)");
  }

  private void people(Handle handle, int count) {
    run(
        handle,
        """
        CREATE TEMP TABLE person ON COMMIT DROP AS
        SELECT i, %s AS id FROM generate_series(0, %d - 1) AS i
        """
            .formatted(id("i", count, 1), count),
        "CREATE UNIQUE INDEX ON person (i)",
        """
        INSERT INTO account (id, handle, first_name, last_name, created_at)
        SELECT id, 'qa_' || i, (ARRAY['Anna','Boris','Clara','Иван','Ольга','Peter','Мария'])[1 + i % 7],
          initcap((ARRAY['mill','stone','river','wood','field'])[1 + i % 5] || (ARRAY['er','man','ford','son'])[1 + i % 4]
            || chr(97 + i % 26) || chr(97 + i / 26 % 26)), now()
        FROM person
        """);
  }

  private void questions(Handle handle, int count) {
    run(
        handle,
        """
        CREATE TEMP TABLE asked ON COMMIT DROP AS
        SELECT i, %s AS id, (SELECT id FROM person WHERE person.i = who) AS author_id,
          left((SELECT text FROM sentence WHERE sentence.i = (drawn.i * 31 + 7) %% 5000), 120) || ' zq' || i / 4 AS title,
          tags
        FROM (
          SELECT i, floor(%d * random() ^ 2)::int AS who,
            (SELECT array_agg(DISTINCT 'tag-' || floor(%d * random() ^ 4)::int) FROM generate_series(0, i %% 4)) AS tags
          FROM generate_series(0, %d - 1) AS i) AS drawn
        """
            .formatted(id("i", count, 2), Math.max(1, count / 10), Math.max(1, count / 10), count),
        "CREATE UNIQUE INDEX ON asked (i)",
        "INSERT INTO post (id, author_id, text, is_question) SELECT id, author_id, title, true FROM asked",
        """
        INSERT INTO question (id, author_id, title, body, tags)
        SELECT id, author_id, title, (SELECT string_agg(text, '. ') FROM sentence
          WHERE sentence.i IN (asked.i * 17 % 5000, asked.i * 43 % 5000, asked.i * 71 % 5000, asked.i * 97 % 5000)), tags
        FROM asked
        """,
        """
        INSERT INTO tag (name, questions)
        SELECT name, count(*) FROM asked, unnest(tags) AS name GROUP BY name ORDER BY name
        """,
        """
        INSERT INTO question_tag (tag, question_id)
        SELECT name, id FROM asked, unnest(tags) AS name ORDER BY name, id
        """);
  }

  /** A question in a hundred gets a fifth of them; some get none. */
  private void answers(Handle handle, int count) {
    run(
        handle,
        """
        INSERT INTO answer (id, question_id, author_id, body, counted)
        SELECT %s, (SELECT id FROM asked WHERE asked.i = (whose::bigint * 7919) %% %d),
          (SELECT id FROM person WHERE person.i = who),
          (SELECT string_agg(text, '. ') FROM sentence WHERE sentence.i IN (drawn.i %% 5000, drawn.i * 13::bigint %% 5000)),
          true
        FROM (
          SELECT i, floor(%d * random() ^ 3)::int AS whose, floor(%d * random() ^ 2)::int AS who
          FROM generate_series(0, %d - 1) AS i) AS drawn
        """
            .formatted(
                id("i", count, 3),
                Math.max(1, count / 10),
                Math.max(1, count / 10),
                Math.max(1, count / 100),
                count));
  }

  private void votes(Handle handle, int questions) {
    run(
        handle,
        """
        INSERT INTO vote (item_id, voter_id, id, value, counted)
        SELECT item, -i - 1, item + 5, value, value FROM (
          SELECT i, CASE i %% 4 WHEN 0 THEN %s ELSE %s END AS item,
            CASE WHEN random() < 0.8 THEN 1 ELSE -1 END AS value
          FROM generate_series(0, %d - 1) AS i) AS drawn
        """
            .formatted(
                id("floor(%d * random() ^ 2)::bigint".formatted(questions), questions, 2),
                id("floor(%d * random() ^ 2)::bigint".formatted(questions * 10), questions * 10, 3),
                questions * 20),
        """
        UPDATE answer SET score = sum FROM (SELECT item_id, sum(value) FROM vote GROUP BY item_id) AS v
        WHERE id = item_id
        """);
  }

  /** As Hot has it. */
  private static void counts(Handle handle) {
    run(
        handle,
        """
        INSERT INTO question_count (question_id, score, answers, views, hot)
        SELECT id, score, answers, 10 * answers, asked + round(43200 * sign(score + answers)
          * log(greatest(1, abs(score + answers))::numeric))::bigint
        FROM (
          SELECT id, (id >> 22) / 1000 + %d AS asked,
            coalesce(sum, 0) AS score, coalesce(count, 0) AS answers
          FROM asked
            LEFT JOIN (SELECT item_id, sum(value) FROM vote GROUP BY item_id) AS v ON item_id = id
            LEFT JOIN (SELECT question_id, count(*) FROM answer GROUP BY question_id) AS a
              ON question_id = id) AS counted
        """
            .formatted(Ids.instantOf(0).getEpochSecond()));
  }

  private static void run(Handle handle, String... statements) {
    for (String statement : List.of(statements)) {
      int _ = handle.execute(statement);
    }
  }
}
