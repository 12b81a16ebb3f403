package io.freshet.dialog;

/** A message that cannot be sent. */
public final class DialogException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String field;

  DialogException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The input at fault. */
  public String field() {
    return field;
  }
}
