package io.freshet.web.api;

import io.freshet.account.AccountId;
import io.freshet.feed.Sights;
import io.freshet.question.Answer;
import io.freshet.question.AnswerId;
import io.freshet.question.AskedAndAnswered;
import io.freshet.question.Question;
import io.freshet.question.QuestionId;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.WebException;
import java.util.Optional;

/**
 * The questions and answers that somebody may see, and those they may do something to, which is not
 * where the author hides from them. Anything else is not there. Thread-safe.
 */
final class QuestionSights {
  private final AskedAndAnswered asked;
  private final Sights sights;

  QuestionSights(AskedAndAnswered asked, Sights sights) {
    this.asked = asked;
    this.sights = sights;
  }

  Question visible(Optional<AccountId> viewer, QuestionId id) {
    return sights
        .subject(viewer, id.post())
        .flatMap(post -> asked.questions().find(id))
        .orElseThrow(() -> notFound(id));
  }

  Question concerned(AccountId actor, QuestionId id) {
    return sights
        .subjectOf(actor, id.post())
        .flatMap(post -> asked.questions().find(id))
        .orElseThrow(() -> notFound(id));
  }

  Answer visible(Optional<AccountId> viewer, AnswerId id) {
    return asked
        .answers()
        .find(id)
        .filter(answer -> sights.subject(viewer, answer.question().post()).isPresent())
        .filter(answer -> sights.sees(viewer, answer.author()))
        .orElseThrow(() -> notFound(id));
  }

  Answer concerned(AccountId actor, AnswerId id) {
    Answer answer = visible(Optional.of(actor), id);
    Question _ = concerned(actor, answer.question());
    return answer;
  }

  static WebException notFound(QuestionId id) {
    return Problem.of(ProblemKind.NOT_FOUND, "There is no question " + id).thrown();
  }

  static WebException notFound(AnswerId id) {
    return Problem.of(ProblemKind.NOT_FOUND, "There is no answer " + id).thrown();
  }
}
