package io.freshet.question;

/** A question's words are others. Its post says so too. */
public record QuestionEdited(long question) {
  public static final String TOPIC = "question-edited";
}
