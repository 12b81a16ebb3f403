package io.freshet.platform;

/**
 * A failure that the person who runs Freshet can act on. The message is one full sentence, fit to
 * be printed alone: what is wrong, and what to do.
 */
public final class OperatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OperatorException(String sentence) {
    super(sentence);
  }

  public OperatorException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
