package io.freshet.question;

/** A question has an answer more. */
public record AnswerAdded(long answer, long question) {
  public static final String TOPIC = "answer-added";
}
