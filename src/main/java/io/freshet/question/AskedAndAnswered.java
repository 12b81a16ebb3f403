package io.freshet.question;

import io.freshet.outbox.Outbox;
import io.freshet.platform.Ids;
import io.freshet.platform.Invalidations;
import io.freshet.platform.Replica;
import io.freshet.post.Posts;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Questions and all that people do with them. */
public record AskedAndAnswered(
    Questions questions,
    Answers answers,
    Votes votes,
    Scores scores,
    Views views,
    BodyRenderer renderer) {

  /** Those in a database. */
  public static AskedAndAnswered on(
      Jdbi jdbi,
      Replica replica,
      Outbox outbox,
      Posts posts,
      Ids ids,
      InstantSource clock,
      Invalidations invalidations) {
    PgScores counted = new PgScores(jdbi);
    Scores scores = new Scores(counted, invalidations);
    return new AskedAndAnswered(
        new Questions(new PgQuestions(jdbi, outbox), replica, posts, ids, clock),
        new Answers(new PgAnswers(jdbi, outbox), ids, clock),
        new Votes(new PgVotes(jdbi, outbox), scores, ids),
        scores,
        new Views(counted),
        new BodyRenderer());
  }

  /** Forgets all that is remembered of the database, after someone else has changed it. */
  public void forgetAll() {
    scores.forgetAll();
  }
}
