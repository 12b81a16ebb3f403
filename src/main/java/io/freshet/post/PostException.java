package io.freshet.post;

/** A request about a post that cannot be met; {@code field} names the input at fault. */
public final class PostException extends RuntimeException {
  /** What is wrong. */
  public enum Problem {
    INVALID,
    NOT_FOUND,
    KEY_REUSED
  }

  private static final long serialVersionUID = 1;

  private final Problem problem;
  private final String field;

  public PostException(Problem problem, String field, String message) {
    super(message);
    this.problem = problem;
    this.field = field;
  }

  public Problem problem() {
    return problem;
  }

  public String field() {
    return field;
  }
}
