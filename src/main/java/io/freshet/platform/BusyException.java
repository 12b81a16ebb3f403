package io.freshet.platform;

/**
 * Refused at once because as much is going on already as may: asking again in a moment is the cure.
 * Has no stack trace: under load there are many.
 */
public final class BusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BusyException(String message) {
    super(message, null, false, false);
  }
}
