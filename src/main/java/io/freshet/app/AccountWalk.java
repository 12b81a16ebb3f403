package io.freshet.app;

import io.freshet.platform.OperatorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** Goes through all accounts by key in batches, with a few workers at a time. */
final class AccountWalk {
  private static final int WORKERS = 2;

  private final Jdbi jdbi;
  private final int batch;

  AccountWalk(Jdbi jdbi, int batch) {
    this.jdbi = jdbi;
    this.batch = batch;
  }

  /**
   * Hands every account to the work once, and says how many there were; ends early with the first
   * failure.
   */
  long run(String what, Progress progress, Consumer<List<Long>> work) {
    long total =
        jdbi.withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM account").mapTo(Long.class).one());
    AtomicLong after = new AtomicLong();
    AtomicLong done = new AtomicLong();
    progress.at(what, 0, total);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        workers.add(
            threads.submit(() -> {
              try {
                for (List<Long> ids = next(after); !ids.isEmpty(); ids = next(after)) {
                  work.accept(ids);
                  progress.at(what, done.addAndGet(ids.size()), Math.max(total, done.get()));
                }
              } finally {
                // A failure of one ends the others too.
                after.set(Long.MAX_VALUE);
              }
            }));
      }
      for (Future<?> worker : workers) {
        await(worker);
      }
    }
    return done.get();
  }

  private synchronized List<Long> next(AtomicLong after) {
    List<Long> ids =
        jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT id FROM account WHERE id > ? ORDER BY id LIMIT ?")
                .bind(0, after.get())
                .bind(1, batch)
                .mapTo(Long.class)
                .list());
    if (!ids.isEmpty() && after.get() < Long.MAX_VALUE) {
      after.set(ids.getLast());
    }
    return ids;
  }

  private static void await(Future<?> worker) {
    try {
      worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperatorException("Interrupted.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }
}
