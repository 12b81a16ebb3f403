package io.freshet.web.api;

import io.freshet.account.Account;
import io.freshet.account.AccountId;
import io.freshet.account.Accounts;
import io.freshet.feed.Sights;
import io.freshet.question.Answer;
import io.freshet.question.AskedAndAnswered;
import io.freshet.question.Numbered;
import io.freshet.question.Question;
import io.freshet.question.QuestionId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A question and its answers as callers get to see them, for the API and for the page alike. What
 * they may not see is a problem: not found. Thread-safe.
 */
public final class QuestionReads {
  private final AskedAndAnswered asked;
  private final Sights sights;
  private final QuestionSights seen;
  private final People people;

  public QuestionReads(AskedAndAnswered asked, Sights sights, Accounts accounts) {
    this.asked = asked;
    this.sights = sights;
    this.seen = new QuestionSights(asked, sights);
    this.people = new People(accounts);
  }

  /** The whole question; the look counts as a view unless it is the author's. */
  public QuestionView question(Optional<AccountId> viewer, QuestionId id) {
    return question(viewer, id, true);
  }

  /**
   * The same for whoever may not be looking.
   *
   * @param isLook whether somebody gets to see it
   */
  public QuestionView question(Optional<AccountId> viewer, QuestionId id, boolean isLook) {
    Question question = seen.visible(viewer, id);
    if (isLook && viewer.filter(question.author()::equals).isEmpty()) {
      asked.views().add(id);
    }
    return view(question, viewer);
  }

  /** A page of its answers, by number. */
  public NumberedBody answers(Optional<AccountId> viewer, QuestionId id, int number) {
    Question _ = seen.visible(viewer, id);
    Numbered<Answer> page = asked.answers().page(id, sights.unseenBy(viewer), number);
    return new NumberedBody(views(page.items(), viewer), page.page(), page.pages(), page.total());
  }

  QuestionView view(Question question, Optional<AccountId> viewer) {
    long id = question.id().value();
    Account author = people.byId(List.of(question.author())).get(question.author().value());
    if (author == null) {
      throw QuestionSights.notFound(question.id());
    }
    Optional<Integer> vote =
        viewer.map(caller -> asked.votes().of(caller, List.of(id)).getOrDefault(id, 0));
    return QuestionView.whole(question, author, asked.renderer().of(question), vote);
  }

  List<AnswerView> views(List<Answer> listed, Optional<AccountId> viewer) {
    Map<Long, Account> authors = people.byId(listed.stream().map(Answer::author).toList());
    List<Long> ids = listed.stream().map(answer -> answer.id().value()).toList();
    Map<Long, Integer> votes = viewer.map(caller -> asked.votes().of(caller, ids)).orElse(Map.of());
    return listed.stream()
        .filter(answer -> authors.containsKey(answer.author().value()))
        .map(answer ->
            AnswerView.of(
                answer,
                Objects.requireNonNull(authors.get(answer.author().value())),
                asked.renderer().of(answer),
                viewer.map(_ -> votes.getOrDefault(answer.id().value(), 0))))
        .toList();
  }
}
