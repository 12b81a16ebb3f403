package io.freshet.question;

import io.freshet.account.AccountId;
import io.freshet.platform.Ids;
import io.freshet.platform.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * An answer that lives.
 *
 * @param version 1 at first, rises with each edit
 * @param accepted whether the question's author has accepted it
 * @param score votes for it less votes against it
 * @param scoreVersion rises with each change of the score
 */
public record Answer(
    AnswerId id,
    QuestionId question,
    AccountId author,
    Body body,
    int version,
    Optional<Instant> editedAt,
    boolean accepted,
    int score,
    int scoreVersion) {
  /** Added to the score of an accepted answer: no score is as great. */
  private static final long ACCEPTED = 1L << 32;

  public Instant createdAt() {
    return Ids.instantOf(id.value());
  }

  public Votable votable() {
    return new Votable(id.value(), question, author);
  }

  /** Where it stands among the answers: the accepted one first, then by votes, then by time. */
  public Place place() {
    return new Place(rank(accepted, score), id.value());
  }

  static long rank(boolean accepted, int score) {
    return (accepted ? ACCEPTED : 0) + score;
  }
}
