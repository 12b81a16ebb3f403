package io.freshet.graph;

/** A change of the graph that cannot be made. */
public final class GraphException extends RuntimeException {
  /** What is wrong. */
  public enum Problem {
    SELF,
    NO_SUCH_ACCOUNT,
    TOO_MANY_FOLLOWEES,
    TOO_MANY_MUTES,
    TOO_MANY_RESTRICTIONS
  }

  private static final long serialVersionUID = 1;

  private final Problem problem;

  public GraphException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
