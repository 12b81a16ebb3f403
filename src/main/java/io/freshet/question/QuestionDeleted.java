package io.freshet.question;

/** A question is gone, with its answers. Its post says so too. */
public record QuestionDeleted(long question) {
  public static final String TOPIC = "question-deleted";
}
