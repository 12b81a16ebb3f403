package io.freshet.question;

import io.freshet.platform.Invalidations;
import io.freshet.platform.NearCache;
import io.freshet.question.PgScores.Score;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The scores of questions and answers, and what a list says of a question. They follow votes and
 * answers within moments, by {@link QuestionWorker}: by settling, which may be done as often as one
 * likes, in any order and by several at once. Those of questions are remembered in each process and
 * forgotten with each change. Thread-safe.
 */
public final class Scores {
  private static final String NAME = "question-summaries";

  /** The share of the heap that summaries may take. */
  private static final double HEAP_SHARE = 0.01;

  private static final int SUMMARY_BYTES = 100;

  private final PgScores store;
  private final NearCache<Summary> summaries;

  Scores(PgScores store, Invalidations invalidations) {
    this.store = store;
    this.summaries =
        new NearCache<>(
            NAME,
            NearCache.share(HEAP_SHARE),
            (id, summary) -> SUMMARY_BYTES,
            invalidations.shared(NAME, new SummaryCodec(), store::summaries),
            invalidations);
  }

  /**
   * Those of these questions that live, as of the caller's last {@link Invalidations#catchUp} or
   * later.
   */
  public Map<Long, Summary> summaries(Collection<Long> questions) {
    return questions.isEmpty() ? Map.of() : summaries.getAll(questions);
  }

  /** Brings a question's numbers up to date and says them; empty if it is gone. */
  public Optional<QuestionCounts> settleQuestion(long question) {
    try {
      return store.settleQuestion(question);
    } finally {
      // Also when nothing was left to do: who did it may have died before anybody was told.
      forget(question);
    }
  }

  /** The same of an answer's score. */
  public Optional<Score> settleAnswer(long answer) {
    return store.settleAnswer(answer);
  }

  /** Brings the score of a question or an answer up to date, if it is still there. */
  public void settle(long item) {
    if (store.isAnswer(item)) {
      Optional<Score> _ = settleAnswer(item);
    } else {
      Optional<QuestionCounts> _ = settleQuestion(item);
    }
  }

  /** Counts a question anew, for one whose numbers are wrong. */
  public void recountQuestion(long question) {
    try {
      store.recountQuestion(question);
    } finally {
      forget(question);
    }
  }

  /** The same of an answer. */
  public void recountAnswer(long answer) {
    store.recountAnswer(answer);
  }

  /** Deletes some of the votes on a deleted question and its answers; true if there may be more. */
  boolean deleteVotesOf(long question) {
    try {
      return store.deleteVotesOf(question);
    } finally {
      forget(question);
    }
  }

  /** An answer to the question was accepted, or is no more. */
  void forget(long question) {
    summaries.invalidate(question);
  }

  public void forgetAll() {
    summaries.invalidateAll();
  }
}
