package io.freshet.app;

import io.freshet.platform.Patience;
import io.freshet.question.Scores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Holds the counters against the rows that they count: likes, comments and shares of every post,
 * scores and answers of every question, scores of every answer, followers and followees of every
 * account. A difference counts if it is still there once the queue is empty, for events that are on
 * their way explain any other.
 */
final class CountsVerification {
  private static final int CHECKS = 5;
  private static final Duration QUIET_WAIT = Duration.ofSeconds(20);

  /** An empty queue may still have a task in a worker's hands. */
  private static final Duration SETTLING = Duration.ofMillis(20);

  private static final int SHOWN = 20;

  /** What came out; {@code examples} says what the first few differ in. */
  record Report(
      long posts,
      long questions,
      long answers,
      long accounts,
      long differences,
      long repaired,
      Map<String, String> examples) {}

  private final PgCountsAudit audit;
  private final Core core;
  private final BooleanSupplier quiet;

  /**
   * @param quiet whether no event waits or is being worked
   */
  CountsVerification(Core core, BooleanSupplier quiet) {
    this.audit = new PgCountsAudit(core.jdbi);
    this.core = core;
    this.quiet = quiet;
  }

  Report run(boolean repair, Progress progress) {
    Tally tally = new Tally(repair);
    long posts =
        audit.walk(
            "post",
            "posts compared",
            progress,
            ids -> tally.check("post ", ids, audit::posts, core.interactions.counts()::recount));
    Scores scores = core.asked.scores();
    long questions =
        audit.walk(
            "question",
            "questions compared",
            progress,
            ids -> tally.check("question ", ids, audit::questions, scores::recountQuestion));
    long answers =
        audit.walk(
            "answer",
            "answers compared",
            progress,
            ids -> tally.check("answer ", ids, audit::answers, scores::recountAnswer));
    long accounts =
        audit.walk(
            "account",
            "accounts compared",
            progress,
            ids -> tally.check("account ", ids, audit::accounts, audit::recountFollows));
    return new Report(
        posts, questions, answers, accounts, tally.differences, tally.repaired, tally.examples);
  }

  /** Makes one counter true. */
  private interface Repair {
    void of(long id);
  }

  private final class Tally {
    private final boolean repair;
    private final Map<String, String> examples = new TreeMap<>();
    private long differences;
    private long repaired;

    Tally(boolean repair) {
      this.repair = repair;
    }

    /**
     * @param differing says of these ids what differs, of those where something does
     */
    void check(
        String kind,
        List<Long> ids,
        Function<List<Long>, Map<Long, String>> differing,
        Repair how) {
      Map<Long, String> found = differing.apply(ids);
      for (int i = 1; i < CHECKS && !found.isEmpty(); i++) {
        Patience.await(QUIET_WAIT, quiet);
        Patience.await(SETTLING.multipliedBy(i - 1), () -> false);
        found = differing.apply(List.copyOf(found.keySet()));
      }
      found.forEach((id, what) -> {
        differences++;
        if (examples.size() < SHOWN) {
          examples.put(kind + id, what);
        }
        if (repair) {
          how.of(id);
          repaired++;
        }
      });
    }
  }
}
