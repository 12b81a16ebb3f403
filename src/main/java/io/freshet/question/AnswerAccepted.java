package io.freshet.question;

/** The question's author has accepted this answer, or does so no more. */
public record AnswerAccepted(long answer, long question) {
  public static final String TOPIC = "answer-accepted";
}
