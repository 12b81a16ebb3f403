package io.freshet.account;

/** A request about an account that cannot be met; {@code field} names the input at fault. */
public final class AccountException extends RuntimeException {
  /** What is wrong. */
  public enum Problem {
    INVALID,
    HANDLE_TAKEN,
    NOT_FOUND,
    WRONG_PASSWORD,
    BUSY
  }

  private static final long serialVersionUID = 1;

  private final Problem problem;
  private final String field;

  public AccountException(Problem problem, String field, String message) {
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
