package io.freshet.question;

/** An answer is gone. */
public record AnswerDeleted(long answer, long question) {
  public static final String TOPIC = "answer-deleted";
}
