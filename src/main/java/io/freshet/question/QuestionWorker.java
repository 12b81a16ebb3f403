package io.freshet.question;

import io.freshet.live.Publisher;
import io.freshet.platform.Json;
import io.freshet.platform.Rounds;
import io.freshet.question.PgScores.Score;
import io.freshet.queue.Lane;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Works what happens to questions: settles their numbers and scores, and tells those who look at
 * one. Each step looks at what the database says now, so events may be worked twice and in any
 * order. Scores are told in {@link Rounds} of {@link #runOnce}. Thread-safe.
 */
public final class QuestionWorker {
  private static final String SCORES = "question-scores";

  private final Questions questions;
  private final Answers answers;
  private final Scores scores;
  private final QuestionEvents events;
  private final Rounds<VotesChanged> rounds = new Rounds<>();

  public QuestionWorker(AskedAndAnswered parts, Publisher publisher) {
    this.questions = parts.questions();
    this.answers = parts.answers();
    this.scores = parts.scores();
    this.events = new QuestionEvents(publisher);
  }

  /** The handlers by topic. Votes wait with the notices, that many of them delay no fan-out. */
  public Map<String, TaskHandler> handlers() {
    return Map.of(
        AnswerAdded.TOPIC,
        body -> done(() -> added(Json.read(body, AnswerAdded.class))),
        AnswerEdited.TOPIC,
        body -> done(() -> edited(Json.read(body, AnswerEdited.class))),
        AnswerDeleted.TOPIC,
        body -> done(() -> deleted(Json.read(body, AnswerDeleted.class))),
        AnswerAccepted.TOPIC,
        body -> done(() -> accepted(Json.read(body, AnswerAccepted.class))),
        QuestionEdited.TOPIC,
        body -> done(() -> edited(Json.read(body, QuestionEdited.class))),
        QuestionDeleted.TOPIC,
        body -> deleted(Json.read(body, QuestionDeleted.class)),
        VotesChanged.TOPIC,
        body -> List.of(new Task(SCORES, Lane.NOTICES, body)),
        SCORES,
        body -> done(() -> voted(Json.read(body, VotesChanged.class))));
  }

  private static List<Task> done(Runnable work) {
    work.run();
    return List.of();
  }

  /** One that is gone by now is not told: that it went will be, or has been. */
  private void added(AnswerAdded event) {
    Optional<QuestionCounts> counts = scores.settleQuestion(event.question());
    Optional<Answer> answer = answers.find(new AnswerId(event.answer()));
    if (counts.isPresent() && answer.isPresent()) {
      events.answered(answer.get(), answers.position(answer.get()), counts.get());
    }
  }

  private void edited(AnswerEdited event) {
    answers.find(new AnswerId(event.answer())).ifPresent(events::answerEdited);
  }

  private void deleted(AnswerDeleted event) {
    Optional<Score> _ = scores.settleAnswer(event.answer());
    scores
        .settleQuestion(event.question())
        .ifPresent(counts -> events.answerDeleted(event.question(), event.answer(), counts));
  }

  private void accepted(AnswerAccepted event) {
    scores.forget(event.question());
    QuestionId question = new QuestionId(event.question());
    Optional<AnswerId> told;
    do {
      told = answers.accepted(question);
      events.accepted(question.value(), told);
      // Another worker may have told a newer one before this one.
    } while (!told.equals(answers.accepted(question)));
  }

  private void edited(QuestionEdited event) {
    questions
        .find(new QuestionId(event.question()))
        .ifPresent(question -> events.edited(event.question(), question.version()));
  }

  private List<Task> deleted(QuestionDeleted event) {
    events.deleted(event.question());
    return scores.deleteVotesOf(event.question())
        ? List.of(Task.of(QuestionDeleted.TOPIC, Lane.NOTICES, event))
        : List.of();
  }

  private void voted(VotesChanged event) {
    Optional<Score> score = settle(event);
    if (score.isPresent() && rounds.isFirst(event)) {
      tell(event, score.get());
    }
  }

  private Optional<Score> settle(VotesChanged event) {
    return event.item() == event.question()
        ? scores
            .settleQuestion(event.question())
            .map(counts -> new Score(counts.score(), counts.version()))
        : scores.settleAnswer(event.item());
  }

  /** Begins a round: tells the scores that changed again in the one before. */
  public boolean runOnce() {
    List<VotesChanged> due = rounds.next();
    try {
      due.forEach(item -> settle(item).ifPresent(score -> tell(item, score)));
    } catch (RuntimeException e) {
      rounds.again(due);
      throw e;
    }
    return false;
  }

  private void tell(VotesChanged item, Score score) {
    try {
      events.voted(item.question(), item.item(), score.score(), score.version());
    } catch (RuntimeException e) {
      rounds.untold(item);
      throw e;
    }
  }
}
