package io.freshet.app;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** Counters beside the rows that they count, in batches by key. */
final class PgCountsAudit {
  /** Some ten milliseconds of index scans. */
  private static final int BATCH = 500;

  private static final String POSTS =
      """
      SELECT p.id,
             coalesce(c.likes, 0) AS likes, coalesce(c.comments, 0) AS comments, coalesce(c.shares, 0) AS shares,
             (SELECT count(*) FROM post_like WHERE post_id = p.id AND NOT removed) AS likes_found,
             (SELECT count(*) FROM comment WHERE post_id = p.id AND deleted_at IS NULL) AS comments_found,
             (SELECT count(*) FROM post WHERE original_id = p.id AND deleted_at IS NULL) AS shares_found,
             (SELECT count(*) FROM post_like WHERE post_id = p.id AND counted = removed)
               + (SELECT count(*) FROM comment WHERE post_id = p.id AND counted = (deleted_at IS NOT NULL))
               + (SELECT count(*) FROM post
                  WHERE original_id = p.id AND counted = (deleted_at IS NOT NULL)) AS unsettled
      FROM unnest(:ids) AS p (id) LEFT JOIN post_count c ON c.post_id = p.id
      """;

  private static final String QUESTIONS =
      """
      SELECT q.id, coalesce(c.score, 0) AS score, coalesce(c.answers, 0) AS answers,
             (SELECT coalesce(sum(value), 0) FROM vote WHERE item_id = q.id) AS score_found,
             (SELECT count(*) FROM answer WHERE question_id = q.id AND deleted_at IS NULL) AS answers_found,
             (SELECT count(*) FROM vote WHERE item_id = q.id AND value <> counted)
               + (SELECT count(*) FROM answer
                  WHERE question_id = q.id AND counted = (deleted_at IS NOT NULL)) AS unsettled
      FROM unnest(:ids) AS q (id) LEFT JOIN question_count c ON c.question_id = q.id
      """;

  private static final String ANSWERS =
      """
      SELECT a.id, CASE WHEN a.deleted_at IS NULL THEN a.score ELSE 0 END AS score,
             (SELECT coalesce(sum(value), 0) FROM vote WHERE item_id = a.id) AS score_found,
             (SELECT count(*) FROM vote WHERE item_id = a.id AND value <> counted) AS unsettled
      FROM answer a WHERE a.id = ANY (:ids)
      """;

  private static final String ACCOUNTS =
      """
      SELECT a.id, coalesce(c.followers, 0) AS followers, coalesce(c.followees, 0) AS followees,
             (SELECT count(*) FROM follow WHERE followee_id = a.id) AS followers_found,
             (SELECT count(*) FROM follow WHERE follower_id = a.id) AS followees_found
      FROM unnest(:ids) AS a (id) LEFT JOIN follow_count c ON c.account_id = a.id
      """;

  private final Jdbi jdbi;

  PgCountsAudit(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Hands every id of the table to the work once, and says how many there were. */
  long walk(String table, String what, Progress progress, Consumer<List<Long>> work) {
    long total =
        jdbi.withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
    long done = 0;
    long after = 0;
    progress.at(what, 0, total);
    for (List<Long> ids = next(table, after); !ids.isEmpty(); ids = next(table, after)) {
      work.accept(ids);
      after = ids.getLast();
      done += ids.size();
      progress.at(what, done, Math.max(total, done));
    }
    return done;
  }

  private List<Long> next(String table, long after) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT id FROM " + table + " WHERE id > ? ORDER BY id LIMIT ?")
            .bind(0, after)
            .bind(1, BATCH)
            .mapTo(Long.class)
            .list());
  }

  /** What differs, of those of the posts where something does. */
  Map<Long, String> posts(List<Long> ids) {
    return differing(POSTS, ids, List.of("likes", "comments", "shares"), true);
  }

  /** The same of questions: their scores, and how many answers they have. */
  Map<Long, String> questions(List<Long> ids) {
    return differing(QUESTIONS, ids, List.of("score", "answers"), true);
  }

  /** The same of the scores of answers. */
  Map<Long, String> answers(List<Long> ids) {
    return differing(ANSWERS, ids, List.of("score"), true);
  }

  /** The same of accounts. */
  Map<Long, String> accounts(List<Long> ids) {
    return differing(ACCOUNTS, ids, List.of("followers", "followees"), false);
  }

  private Map<Long, String> differing(
      String sql, List<Long> ids, List<String> counters, boolean canBeUnsettled) {
    Map<Long, String> found = new HashMap<>();
    jdbi.useHandle(handle ->
        handle
            .createQuery(sql)
            .bind("ids", ids.toArray(Long[]::new))
            .map((row, context) -> {
              List<String> differences = differences(row, counters);
              if (canBeUnsettled && row.getLong("unsettled") > 0) {
                differences.add(row.getLong("unsettled") + " not counted yet");
              }
              if (!differences.isEmpty()) {
                found.put(row.getLong("id"), String.join(", ", differences));
              }
              return found;
            })
            .list());
    return found;
  }

  private static List<String> differences(ResultSet row, List<String> counters)
      throws SQLException {
    List<String> differences = new ArrayList<>();
    for (String counter : counters) {
      long says = row.getLong(counter);
      long found = row.getLong(counter + "_found");
      if (says != found) {
        differences.add(counter + " says " + says + ", there are " + found);
      }
    }
    return differences;
  }

  /** Sets an account's counters to the edges that there are, while none comes or goes. */
  void recountFollows(long account) {
    jdbi.useTransaction(handle -> {
      handle.execute(
          "INSERT INTO follow_count (account_id) VALUES (?) ON CONFLICT DO NOTHING", account);
      handle.execute("SELECT FROM follow_count WHERE account_id = ? FOR UPDATE", account);
      handle
          .createUpdate(
              """
              UPDATE follow_count
              SET followers = (SELECT count(*) FROM follow WHERE followee_id = :account),
                  followees = (SELECT count(*) FROM follow WHERE follower_id = :account)
              WHERE account_id = :account
              """)
          .bind("account", account)
          .execute();
    });
  }
}
