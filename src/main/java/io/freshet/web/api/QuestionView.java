package io.freshet.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.freshet.account.Account;
import io.freshet.question.Body.Format;
import io.freshet.question.Question;
import io.freshet.question.Rendered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A question as callers see it: with its first words in lists, whole by itself. */
public record QuestionView(
    String id,
    AuthorView author,
    String title,
    @JsonInclude(Include.NON_ABSENT) Optional<String> excerpt,
    @JsonInclude(Include.NON_ABSENT) Optional<Text> body,
    List<String> tags,
    Instant createdAt,
    @JsonInclude(Include.NON_ABSENT) Optional<Instant> editedAt,
    int version,
    int score,
    long scoreVersion,
    int answers,
    long views,
    @JsonInclude(Include.NON_ABSENT) Optional<String> accepted,
    @JsonInclude(Include.NON_ABSENT) Optional<Viewer> viewer) {

  /** A body: what its author wrote, and what a page shows. */
  public record Text(String text, Format format, String html) {}

  /** What the caller did. */
  public record Viewer(int vote) {}

  static QuestionView listed(Question question, Account author, Rendered rendered) {
    return of(
        question, author, Optional.of(rendered.excerpt()), Optional.empty(), Optional.empty());
  }

  /** Without its first words, for whoever shows others. */
  static QuestionView found(Question question, Account author) {
    return of(question, author, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * @param vote the caller's, if there is a caller
   */
  static QuestionView whole(
      Question question, Account author, Rendered rendered, Optional<Integer> vote) {
    Text body = new Text(question.body().text(), question.body().format(), rendered.html());
    return of(question, author, Optional.empty(), Optional.of(body), vote.map(Viewer::new));
  }

  private static QuestionView of(
      Question question,
      Account author,
      Optional<String> excerpt,
      Optional<Text> body,
      Optional<Viewer> viewer) {
    return new QuestionView(
        question.id().toString(),
        AuthorView.of(author),
        question.title(),
        excerpt,
        body,
        question.tags(),
        question.createdAt(),
        question.editedAt(),
        question.version(),
        question.counts().score(),
        question.counts().version(),
        question.counts().answers(),
        question.counts().views(),
        question.accepted().map(Object::toString),
        viewer);
  }
}
