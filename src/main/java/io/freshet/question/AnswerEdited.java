package io.freshet.question;

/** An answer's text is another. */
public record AnswerEdited(long answer, long question) {
  public static final String TOPIC = "answer-edited";
}
