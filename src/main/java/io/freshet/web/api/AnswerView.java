package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.freshet.account.Account;
import io.freshet.question.Answer;
import io.freshet.question.Rendered;
import java.time.Instant;
import java.util.Optional;

/** An answer as callers see it. */
public record AnswerView(
    String id,
    String question,
    AuthorView author,
    QuestionView.Text body,
    Instant createdAt,
    @JsonInclude(Include.NON_ABSENT) Optional<Instant> editedAt,
    int version,
    int score,
    int scoreVersion,
    boolean accepted,
    @JsonInclude(Include.NON_ABSENT) Optional<QuestionView.Viewer> viewer) {

  /**
   * @param vote the caller's, if there is a caller
   */
  static AnswerView of(Answer answer, Account author, Rendered rendered, Optional<Integer> vote) {
    return new AnswerView(
        answer.id().toString(),
        answer.question().toString(),
        AuthorView.of(author),
        new QuestionView.Text(answer.body().text(), answer.body().format(), rendered.html()),
        answer.createdAt(),
        answer.editedAt(),
        answer.version(),
        answer.score(),
        answer.scoreVersion(),
        answer.accepted(),
        vote.map(QuestionView.Viewer::new));
  }
}
