package io.freshet.app.bulk;

import io.freshet.app.Progress;
import io.freshet.platform.Database;
import io.freshet.platform.Ids;
import io.freshet.platform.OperatorException;
import io.freshet.question.Hot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * A made-up town that asks and answers: for each ten questions a person, a tag, 100 answers and 200
 * votes, spread over the last two years. A few get much and most get little. The same seed makes
 * the same town, but for the times, which end now. All counters are exact. It is written table by
 * table with COPY, in one transaction.
 */
public final class QuestionTown {
  /** Some 20 GB in the database; and the numbers of answers have to fit where they are sorted. */
  public static final int MOST_QUESTIONS = 1_000_000;

  private static final String HANDLE = "asker";
  private static final int STEP = 20_000;

  private final long seed;
  private final InstantSource clock;

  /** What was written. */
  public record Result(long people, long questions, long answers, long tags, long votes) {}

  public QuestionTown(long seed, InstantSource clock) {
    this.seed = seed;
    this.clock = clock;
  }

  /** Whether there is such a town already. */
  public static boolean isIn(Database database) {
    return BulkImport.knows(database, HANDLE + 0);
  }

  /** All of it or nothing. */
  public Result write(Database database, int questions, Progress progress) {
    if (questions < 1 || questions > MOST_QUESTIONS) {
      throw new OperatorException(
          "A town has from 1 to %,d questions, not %,d.".formatted(MOST_QUESTIONS, questions));
    }
    progress.at("planning", 0, 1);
    QuestionPlan plan =
        new QuestionPlan(seed, clock.instant().truncatedTo(ChronoUnit.MILLIS), questions);
    QuestionWords words = new QuestionWords(seed, Math.max(1_000, questions));
    progress.at("planning", 1, 1);
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      connection.setNetworkTimeout(Runnable::run, 0);
      BulkImport.skipForeignKeyChecks(connection);
      Result result = new Writing(plan, words, connection, progress).run();
      progress.at("committing", 0, 1);
      connection.commit();
      progress.at("committing", 1, 1);
      connection.setAutoCommit(true);
      Statistics.gather(database, progress);
      return result;
    } catch (SQLException e) {
      throw new OperatorException("No questions were made up: " + BulkImport.detail(e) + ".", e);
    }
  }

  /** One transaction. The votes go first: scores are their sums. */
  private static final class Writing {
    private final QuestionPlan plan;
    private final QuestionWords words;
    private final Connection connection;
    private final Progress progress;
    private final int[] questionScores;
    private final int[] answerScores;
    private long votes;

    Writing(QuestionPlan plan, QuestionWords words, Connection connection, Progress progress) {
      this.plan = plan;
      this.words = words;
      this.connection = connection;
      this.progress = progress;
      this.questionScores = new int[plan.questions];
      this.answerScores = new int[plan.answers()];
    }

    Result run() throws SQLException {
      people();
      votes();
      posts();
      questions();
      counts();
      answers();
      tags();
      questionTags();
      return new Result(plan.people, plan.questions, plan.answers(), plan.tags, votes);
    }

    private void people() throws SQLException {
      Towns towns = new Towns(1);
      copy(
          "people",
          "account (id, handle, first_name, last_name, city, created_at)",
          plan.people,
          (table, i) -> {
            Person person = towns.stranger(HANDLE + i);
            table.field(plan.accountId(i)).field(person.handle()).field(person.firstName());
            table.field(person.lastName()).field(person.city());
            table.field(Ids.instantOf(plan.accountId(i)).toString());
          });
    }

    private void votes() throws SQLException {
      long total =
          (long) Arrays.stream(plan.questionVotes).sum() + Arrays.stream(plan.answerVotes).sum();
      try (CopyTable table =
          new CopyTable(connection, "vote (item_id, voter_id, id, value, counted)")) {
        for (int i = 0; i < plan.questions; i++) {
          int author = plan.asker(i);
          questionScores[i] = vote(table, plan.questionId(i), author, plan.questionVotes[i]);
          report("votes", votes, total);
        }
        for (int i = 0; i < plan.answers(); i++) {
          int author = plan.answerer(i);
          answerScores[i] = vote(table, plan.answerId(i), author, plan.answerVotes[i]);
          report("votes", votes, total);
        }
        table.finish();
      }
    }

    private int vote(CopyTable table, long item, int author, int count) throws SQLException {
      int score = 0;
      for (int vote = 0; vote < count; vote++) {
        int value = plan.value(item, vote);
        table.field(item).field(plan.accountId(plan.voter(item, vote, author)));
        table.field(plan.voteId(item, vote)).field(value).field(value).endRow();
        score += value;
      }
      votes += count;
      return score;
    }

    private void posts() throws SQLException {
      copy(
          "posts",
          "post (id, author_id, text, tags, is_question)",
          plan.questions,
          (table, i) -> {
            table.field(plan.questionId(i)).field(plan.accountId(plan.asker(i)));
            table.field(words.title(i)).field(tagsOf(i)).field("true");
          });
    }

    private void questions() throws SQLException {
      copy(
          "questions",
          "question (id, author_id, title, body, tags)",
          plan.questions,
          (table, i) -> {
            table.field(plan.questionId(i)).field(plan.accountId(plan.asker(i)));
            table.field(words.title(i)).field(words.body(i, false)).field(tagsOf(i));
          });
    }

    private void counts() throws SQLException {
      copy(
          "counters",
          "question_count (question_id, score, answers, views, hot)",
          plan.questions,
          (table, i) -> {
            long id = plan.questionId(i);
            table.field(id).field(questionScores[i]).field(plan.answersOf[i]);
            table.field(plan.views(i)).field(Hot.of(id, questionScores[i], plan.answersOf[i]));
          });
    }

    private void answers() throws SQLException {
      copy(
          "answers",
          "answer (id, question_id, author_id, body, accepted, score, counted)",
          plan.answers(),
          (table, i) -> {
            table.field(plan.answerId(i)).field(plan.questionId(plan.questionOf(i)));
            table.field(plan.accountId(plan.answerer(i))).field(words.body(i, true));
            table.field(String.valueOf(plan.isAccepted(i))).field(answerScores[i]).field("true");
          });
    }

    /** Somebody may have asked here before, under a tag of the same name. */
    private void tags() throws SQLException {
      TreeMap<String, Integer> uses = new TreeMap<>();
      for (int i = 0; i < plan.tags; i++) {
        uses.put(QuestionWords.tag(i), 0);
      }
      for (int i = 0; i < plan.questions; i++) {
        plan.tagsOf(i).forEach(tag -> uses.merge(tag, 1, Integer::sum));
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TEMP TABLE made_tag (name text, questions int) ON COMMIT DROP");
        String[] names = uses.keySet().toArray(String[]::new);
        copy(
            "tags",
            "made_tag (name, questions)",
            names.length,
            (table, i) -> table.field(names[i]).field(uses.getOrDefault(names[i], 0)));
        statement.execute(
            """
            INSERT INTO tag (name, questions) SELECT name, questions FROM made_tag ORDER BY name
            ON CONFLICT (name) DO UPDATE SET questions = tag.questions + excluded.questions
            """);
      }
    }

    private void questionTags() throws SQLException {
      try (CopyTable table = new CopyTable(connection, "question_tag (tag, question_id)")) {
        for (int i = 0; i < plan.questions; i++) {
          for (String tag : plan.tagsOf(i)) {
            table.field(tag).field(plan.questionId(i)).endRow();
          }
          report("tags of questions", i + 1L, plan.questions);
        }
        table.finish();
      }
    }

    /** As PostgreSQL writes an array; no tag holds a quote or a brace. */
    private String tagsOf(int question) {
      return "{" + String.join(",", plan.tagsOf(question)) + "}";
    }

    private interface Row {
      void fill(CopyTable table, int number) throws SQLException;
    }

    private void copy(String what, String columns, int count, Row row) throws SQLException {
      try (CopyTable table = new CopyTable(connection, columns)) {
        for (int i = 0; i < count; i++) {
          row.fill(table, i);
          table.endRow();
          report(what, i + 1L, count);
        }
        table.finish();
      }
    }

    private void report(String what, long done, long total) {
      if (done % STEP == 0 || done == total) {
        progress.at(what, done, total);
      }
    }
  }
}
