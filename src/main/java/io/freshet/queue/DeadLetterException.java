package io.freshet.queue;

/** A task failed for the last time. The message names it and its last error. */
public final class DeadLetterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int attempts;

  public DeadLetterException(String topic, int attempts, Throwable cause) {
    super(topic + ": " + cause, cause);
    this.attempts = attempts;
  }

  public int attempts() {
    return attempts;
  }
}
