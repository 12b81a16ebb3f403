package io.freshet.mail;

/** What may not be done with addresses, and why. */
public final class MailException extends RuntimeException {
  /** The kinds of refusal. */
  public enum Problem {
    INVALID,
    OFF,
    NO_ADDRESS
  }

  private static final long serialVersionUID = 1;

  private final Problem problem;

  MailException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
