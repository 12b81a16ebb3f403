package io.freshet.question;

import java.util.HashMap;
import java.util.Map;

/**
 * Views of questions, gathered in this process and added to the database by {@link #save}. Those of
 * a process that dies are lost. Thread-safe.
 */
public final class Views {
  /** Questions seen between two saves at most: what comes beyond them is not counted. */
  private static final int MOST = 100_000;

  private final PgScores scores;
  private final Object lock = new Object();
  private Map<Long, Long> seen = new HashMap<>();

  Views(PgScores scores) {
    this.scores = scores;
  }

  /** Somebody has looked at this question. */
  public void add(QuestionId question) {
    synchronized (lock) {
      if (seen.size() < MOST) {
        seen.merge(question.value(), 1L, Long::sum);
      }
    }
  }

  public void save() {
    Map<Long, Long> saving;
    synchronized (lock) {
      saving = seen;
      seen = new HashMap<>();
    }
    if (!saving.isEmpty()) {
      scores.viewed(saving.keySet(), saving.values());
    }
  }
}
