package io.freshet.question;

import io.freshet.live.ChannelName;
import io.freshet.live.Publisher;
import io.freshet.platform.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells those who look at a question what happens to it: ids, numbers and places, never a text.
 * Thread-safe.
 */
final class QuestionEvents {
  private final Publisher publisher;

  QuestionEvents(Publisher publisher) {
    this.publisher = publisher;
  }

  /**
   * A new answer, with all that a page needs to know where it belongs.
   *
   * @param position how many answers stand before it
   * @param counts how many there are with it
   */
  void answered(Answer answer, int position, QuestionCounts counts) {
    ObjectNode event =
        event("answer", answer.question().value())
            .put("id", answer.id().toString())
            .put("position", position)
            .put("page", position / Answers.PAGE + 1)
            .put("answers", counts.answers())
            .put("countsVersion", counts.version());
    publish(answer.question().value(), event, answer.id().toString());
  }

  void answerEdited(Answer answer) {
    ObjectNode event =
        event("answer-edited", answer.question().value())
            .put("id", answer.id().toString())
            .put("version", answer.version());
    publish(answer.question().value(), event, answer.id() + "." + answer.version());
  }

  /**
   * @param counts how many are left
   */
  void answerDeleted(long question, long answer, QuestionCounts counts) {
    ObjectNode event =
        event("answer-removed", question)
            .put("id", Long.toString(answer))
            .put("answers", counts.answers())
            .put("countsVersion", counts.version());
    publish(question, event, Long.toString(answer));
  }

  /**
   * A score is this now; greater versions are newer.
   *
   * @param item the question's id or an answer's
   */
  void voted(long question, long item, int score, long version) {
    ObjectNode event =
        event("votes", question)
            .put("id", Long.toString(item))
            .put("score", score)
            .put("version", version);
    publish(question, event, item + "." + version);
  }

  /** The accepted answer is this now. */
  void accepted(long question, Optional<AnswerId> answer) {
    ObjectNode event = event("accepted", question);
    answer.ifPresent(id -> event.put("id", id.toString()));
    publish(question, event, "");
  }

  void edited(long question, int version) {
    publish(question, event("question-edited", question).put("version", version), "" + version);
  }

  void deleted(long question) {
    publish(question, event("question-removed", question), "");
  }

  private static ObjectNode event(String kind, long question) {
    return Json.MAPPER
        .createObjectNode()
        .put("event", kind)
        .put("question", Long.toString(question));
  }

  /**
   * @param once the same for the same event of a kind, so that one told twice by mistake is
   *     published once; empty for one that may be told again
   */
  private void publish(long question, ObjectNode event, String once) {
    String key = once.isEmpty() ? "" : event.path("event").asString() + "." + once;
    publisher.publishToListeners(List.of(ChannelName.question(question)), Json.bytes(event), key);
  }
}
