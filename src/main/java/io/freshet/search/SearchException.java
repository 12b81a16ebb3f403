package io.freshet.search;

/** A search that cannot be answered. */
public final class SearchException extends RuntimeException {
  /** What is wrong. */
  public enum Problem {
    /** What was asked for cannot be searched for. */
    INVALID,
    /** It took longer than a search may. */
    TOO_SLOW
  }

  private static final long serialVersionUID = 1;

  private final Problem problem;

  SearchException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
