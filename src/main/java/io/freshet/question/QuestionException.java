package io.freshet.question;

/**
 * A request about a question or an answer that cannot be met; {@code field} names the input at
 * fault.
 */
public final class QuestionException extends RuntimeException {
  /** What is wrong. */
  public enum Problem {
    INVALID,
    NOT_FOUND,
    KEY_REUSED
  }

  private static final long serialVersionUID = 1;

  private final Problem problem;
  private final String field;

  public QuestionException(Problem problem, String field, String message) {
    super(message);
    this.problem = problem;
    this.field = field;
  }

  static QuestionException invalid(String field, String message) {
    return new QuestionException(Problem.INVALID, field, message);
  }

  public Problem problem() {
    return problem;
  }

  public String field() {
    return field;
  }
}
