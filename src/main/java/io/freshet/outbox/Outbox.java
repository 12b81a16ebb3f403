package io.freshet.outbox;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The only door for writes: runs a change and saves its events in one transaction, then wakes the
 * relay. Thread-safe.
 */
public final class Outbox {
  /** Tries of a transaction that PostgreSQL ended for a deadlock or a serialization failure. */
  private static final int TRIES = 5;

  /** Saves an event in the running transaction. */
  public interface Events {
    void add(Event event);
  }

  /** A change of the database with its events. */
  public interface Change<T> {
    T apply(Handle handle, Events events);
  }

  private final Jdbi jdbi;
  private final PgOutboxStore store;
  private final AtomicReference<Runnable> onCommit = new AtomicReference<>(() -> {});

  public Outbox(Jdbi jdbi, PgOutboxStore store) {
    this.jdbi = jdbi;
    this.store = store;
  }

  /** What to call after a commit that saved an event. */
  public void onCommit(Runnable wake) {
    onCommit.set(wake);
  }

  /**
   * Runs the change in a transaction, again if the database asks for it; what it answers is durable
   * on return.
   */
  public <T> T write(Change<T> change) {
    for (int tries = 1; ; tries++) {
      try {
        return tryWrite(change);
      } catch (JdbiException e) {
        if (tries == TRIES || !isRetryable(e)) {
          throw e;
        }
      }
    }
  }

  private <T> T tryWrite(Change<T> change) {
    boolean[] saved = new boolean[1];
    T result =
        jdbi.inTransaction(handle ->
            change.apply(
                handle,
                event -> {
                  store.append(handle, event);
                  saved[0] = true;
                }));
    if (saved[0]) {
      onCommit.get().run();
    }
    return result;
  }

  private static boolean isRetryable(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return "40001".equals(sql.getSQLState()) || "40P01".equals(sql.getSQLState());
      }
    }
    return false;
  }
}
