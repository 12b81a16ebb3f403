package io.freshet.question;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The scores of questions and answers and the numbers of answers, which follow the rows they count.
 * The row that holds a counter is locked before the rows it counts are looked at, so that two who
 * count the same work one after the other and the second finds nothing to do. Votes on what is gone
 * are deleted. Thread-safe.
 */
final class PgScores {
  /** Rows moved in one transaction: some 50 ms of work. */
  private static final int STEP = 5_000;

  private static final String ANSWERS =
      """
      WITH flipped AS (
        UPDATE answer SET counted = NOT counted
        WHERE question_id = :item AND counted = (deleted_at IS NOT NULL) AND id IN (
          SELECT id FROM answer WHERE question_id = :item AND counted = (deleted_at IS NOT NULL) LIMIT :step)
        RETURNING counted)
      SELECT count(*), 2 * count(*) FILTER (WHERE counted) - count(*) FROM flipped
      """;

  private static final String VOTES =
      """
      WITH moved AS (
        UPDATE vote v SET counted = v.value
        FROM (SELECT item_id, voter_id, counted FROM vote
              WHERE item_id = :item AND value <> counted LIMIT :step FOR UPDATE) AS was
        WHERE v.item_id = was.item_id AND v.voter_id = was.voter_id
        RETURNING v.value - was.counted AS by)
      SELECT count(*), coalesce(sum(by), 0) FROM moved
      """;

  private final Jdbi jdbi;

  PgScores(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Rows that were moved.
   *
   * @param by what the counter grows by
   */
  private record Moved(int rows, int by) {
    boolean isAny() {
      return rows > 0;
    }

    boolean mayBeMore() {
      return rows >= STEP;
    }
  }

  /** What a step has found. */
  private record Step<T>(Optional<T> now, boolean isMoreLeft) {}

  /** A score as it is now. */
  record Score(int score, long version) {}

  boolean isAnswer(long item) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT EXISTS (SELECT FROM answer WHERE id = ?)")
            .bind(0, item)
            .mapTo(Boolean.class)
            .one());
  }

  /** Brings a question's numbers up to date and says them; empty if it is gone. */
  Optional<QuestionCounts> settleQuestion(long question) {
    Step<QuestionCounts> step;
    do {
      step = jdbi.inTransaction(handle -> questionStep(handle, question));
    } while (step.isMoreLeft());
    return step.now();
  }

  /** The same of an answer's score. */
  Optional<Score> settleAnswer(long answer) {
    Step<Score> step;
    do {
      step = jdbi.inTransaction(handle -> answerStep(handle, answer));
    } while (step.isMoreLeft());
    return step.now();
  }

  private static Step<QuestionCounts> questionStep(Handle handle, long question) {
    Optional<QuestionCounts> before =
        handle
            .createQuery(
                "SELECT score, answers, views, version FROM question_count WHERE question_id = ? FOR UPDATE")
            .bind(0, question)
            .map((row, context) ->
                new QuestionCounts(row.getInt(1), row.getInt(2), row.getLong(3), row.getLong(4)))
            .findOne();
    if (before.isEmpty()) {
      return new Step<>(Optional.empty(), deleteVotes(handle, List.of(question)));
    }
    Moved votes = votes(handle, question);
    Moved answers = moved(handle, ANSWERS, question);
    if (!votes.isAny() && !answers.isAny()) {
      return new Step<>(before, false);
    }
    QuestionCounts was = before.get();
    QuestionCounts now =
        new QuestionCounts(
            was.score() + votes.by(), was.answers() + answers.by(), was.views(), was.version() + 1);
    write(handle, question, now);
    return new Step<>(Optional.of(now), votes.mayBeMore() || answers.mayBeMore());
  }

  private static void write(Handle handle, long question, QuestionCounts now) {
    handle.execute(
        "UPDATE question_count SET score = ?, answers = ?, hot = ?, version = ? WHERE question_id = ?",
        now.score(),
        now.answers(),
        Hot.of(question, now.score(), now.answers()),
        now.version(),
        question);
  }

  private static Step<Score> answerStep(Handle handle, long answer) {
    Optional<Score> before =
        handle
            .createQuery(
                "SELECT score, score_version FROM answer WHERE id = ? AND deleted_at IS NULL FOR UPDATE")
            .bind(0, answer)
            .map((row, context) -> new Score(row.getInt(1), row.getLong(2)))
            .findOne();
    if (before.isEmpty()) {
      return new Step<>(Optional.empty(), deleteVotes(handle, List.of(answer)));
    }
    Moved votes = votes(handle, answer);
    if (!votes.isAny()) {
      return new Step<>(before, false);
    }
    Score now = new Score(before.get().score() + votes.by(), before.get().version() + 1);
    handle.execute(
        "UPDATE answer SET score = ?, score_version = ? WHERE id = ?",
        now.score(),
        (int) now.version(),
        answer);
    return new Step<>(Optional.of(now), votes.mayBeMore());
  }

  /** Those taken back are deleted when they are let go. */
  private static Moved votes(Handle handle, long item) {
    Moved moved = moved(handle, VOTES, item);
    handle.execute("DELETE FROM vote WHERE item_id = ? AND value = 0 AND counted = 0", item);
    return moved;
  }

  private static Moved moved(Handle handle, String sql, long item) {
    return handle
        .createQuery(sql)
        .bind("item", item)
        .bind("step", STEP)
        .map((row, context) -> new Moved(row.getInt(1), row.getInt(2)))
        .one();
  }

  /** Some of the votes on these; true if there may be more. */
  static boolean deleteVotes(Handle handle, Collection<Long> items) {
    return handle
            .createUpdate(
                """
                DELETE FROM vote WHERE (item_id, voter_id) IN (
                  SELECT item_id, voter_id FROM vote WHERE item_id = ANY (:items) LIMIT :step)
                """)
            .bind("items", items.toArray(Long[]::new))
            .bind("step", STEP)
            .execute()
        == STEP;
  }

  /**
   * Some of the votes on the answers of a deleted question, and on itself; true if there may be
   * more.
   */
  boolean deleteVotesOf(long question) {
    return jdbi.inTransaction(handle -> {
      List<Long> items =
          handle
              .createQuery(
                  """
                  SELECT a.id FROM answer a
                  WHERE a.question_id = :question AND EXISTS (SELECT FROM vote WHERE item_id = a.id)
                  LIMIT :step
                  """)
              .bind("question", question)
              .bind("step", STEP)
              .mapTo(Long.class)
              .list();
      items.add(question);
      return deleteVotes(handle, items) || items.size() > 1;
    });
  }

  /**
   * Counts a question anew, for one whose numbers are wrong; nothing is done to one that is gone.
   */
  void recountQuestion(long question) {
    jdbi.useTransaction(handle -> {
      if (!holds(handle, question)) {
        return;
      }
      recountVotes(handle, question);
      handle.execute(
          "UPDATE answer SET counted = (deleted_at IS NULL) WHERE question_id = ? AND counted = (deleted_at IS NOT NULL)",
          question);
      handle
          .createQuery(
              """
              SELECT c.views, c.version + 1,
                     (SELECT coalesce(sum(counted), 0) FROM vote WHERE item_id = c.question_id),
                     (SELECT count(*) FROM answer a WHERE a.question_id = c.question_id AND a.counted)
              FROM question_count c WHERE c.question_id = ?
              """)
          .bind(0, question)
          .map((row, context) ->
              new QuestionCounts(row.getInt(3), row.getInt(4), row.getLong(1), row.getLong(2)))
          .findOne()
          .ifPresent(counts -> write(handle, question, counts));
    });
  }

  private static boolean holds(Handle handle, long question) {
    return handle
        .createQuery("SELECT question_id FROM question_count WHERE question_id = ? FOR UPDATE")
        .bind(0, question)
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }

  /** The same of an answer. */
  void recountAnswer(long answer) {
    jdbi.useTransaction(handle -> {
      handle.execute("SELECT FROM answer WHERE id = ? FOR UPDATE", answer);
      recountVotes(handle, answer);
      handle.execute(
          """
          UPDATE answer SET score = (SELECT coalesce(sum(counted), 0) FROM vote WHERE item_id = answer.id),
                            score_version = score_version + 1
          WHERE id = ?
          """,
          answer);
    });
  }

  private static void recountVotes(Handle handle, long item) {
    handle.execute("DELETE FROM vote WHERE item_id = ? AND value = 0", item);
    handle.execute("UPDATE vote SET counted = value WHERE item_id = ? AND counted <> value", item);
  }

  /** Of those of these questions that live. */
  Map<Long, Summary> summaries(Collection<Long> questions) {
    Map<Long, Summary> found = HashMap.newHashMap(questions.size());
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                """
                SELECT question_id, score, answers,
                       EXISTS (SELECT FROM answer a WHERE a.question_id = c.question_id AND a.accepted)
                FROM question_count c WHERE question_id = ANY (:questions)
                """)
            .bind("questions", questions.toArray(Long[]::new))
            .map((row, context) ->
                found.put(
                    row.getLong(1), new Summary(row.getInt(2), row.getInt(3), row.getBoolean(4))))
            .list());
    return found;
  }

  /** Adds to the views of these questions. */
  void viewed(Collection<Long> questions, Collection<Long> times) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                UPDATE question_count c SET views = c.views + seen.times
                FROM (SELECT * FROM unnest(:questions, :times) AS v (question, times) ORDER BY question) AS seen
                WHERE c.question_id = seen.question
                """)
            .bind("questions", questions.toArray(Long[]::new))
            .bind("times", times.toArray(Long[]::new))
            .execute());
  }
}
