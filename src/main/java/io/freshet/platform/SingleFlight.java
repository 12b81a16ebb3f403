package io.freshet.platform;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Has work of one id done once for all who ask while it is going on. Thread-safe. */
public final class SingleFlight<V> {
  private final Map<Long, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
  private final Consumer<CompletableFuture<V>> await;

  public SingleFlight() {
    this(flight -> flight.handle((value, failure) -> failure).join());
  }

  /**
   * @param await returns when the flight has ended, well or not: a simulation waits without
   *     blocking its thread
   */
  public SingleFlight(Consumer<CompletableFuture<V>> await) {
    this.await = await;
  }

  /** The work's result, or its exception. */
  public V run(long id, Supplier<V> work) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> theirs = flights.putIfAbsent(id, mine);
    if (theirs == null) {
      lead(id, mine, work);
      theirs = mine;
    } else {
      await.accept(theirs);
    }
    try {
      return theirs.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void lead(long id, CompletableFuture<V> flight, Supplier<V> work) {
    try {
      flight.complete(work.get());
    } catch (RuntimeException | Error e) {
      flight.completeExceptionally(e);
    } finally {
      flights.remove(id);
    }
  }
}
