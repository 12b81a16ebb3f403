package io.freshet.media;

/** A request about media that cannot be met; {@code field} names the input at fault. */
public final class MediaException extends RuntimeException {
  /** What is wrong. */
  public enum Problem {
    INVALID,
    TOO_LARGE,
    NOT_FOUND,
    QUOTA,
    ATTACHED
  }

  private static final long serialVersionUID = 1;

  private final Problem problem;
  private final String field;

  public MediaException(Problem problem, String field, String message) {
    super(message);
    this.problem = problem;
    this.field = field;
  }

  /** The file is not one that we take; the message says why. */
  public static MediaException file(String message) {
    return new MediaException(Problem.INVALID, "file", message);
  }

  public Problem problem() {
    return problem;
  }

  public String field() {
    return field;
  }
}
