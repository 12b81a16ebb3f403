package io.freshet.web;

/**
 * A request that cannot be answered as asked; carries the problem to send. Has no stack trace: it
 * is an answer, not a fault.
 */
public final class WebException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  WebException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
