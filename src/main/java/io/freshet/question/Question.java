package io.freshet.question;

import io.freshet.account.AccountId;
import io.freshet.platform.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question that lives.
 *
 * @param version 1 at first, rises with each edit
 * @param accepted the answer that its author has accepted
 * @param hot its place among the hot ones, see {@link Hot}
 */
public record Question(
    QuestionId id,
    AccountId author,
    String title,
    Body body,
    List<String> tags,
    int version,
    Optional<Instant> editedAt,
    Optional<AnswerId> accepted,
    QuestionCounts counts,
    long hot) {

  public Instant createdAt() {
    return Ids.instantOf(id.value());
  }

  public Votable votable() {
    return new Votable(id.value(), id, author);
  }
}
