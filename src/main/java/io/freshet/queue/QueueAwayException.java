package io.freshet.queue;

import java.util.Optional;

/**
 * The queue could not take a task now: it is away, has no room, or did not confirm in time. It may
 * have the task all the same. Nothing is wrong with the task, which is to be published again later.
 */
public final class QueueAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QueueAwayException(String message) {
    super(message);
  }

  public QueueAwayException(String message, Throwable cause) {
    super(message, cause);
  }

  /** This exception, if it is among the causes of another. */
  public static Optional<QueueAwayException> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof QueueAwayException away) {
        return Optional.of(away);
      }
    }
    return Optional.empty();
  }
}
