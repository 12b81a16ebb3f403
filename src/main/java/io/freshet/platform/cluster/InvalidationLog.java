package io.freshet.platform.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The one log of changed ids, and the caches that processes share, on a server that may be away or
 * be another than a moment ago. The server keeps the newest few thousand entries. All that fails,
 * fails with an unchecked exception. Thread-safe.
 */
public interface InvalidationLog {

  /** That {@code id} of this cache has changed; {@code origin} is the process that says so. */
  record Entry(long origin, String cache, long id) {}

  /**
   * The end of the log.
   *
   * @param life which log this is: another one has lost everything before
   * @param last the number of its last entry
   * @param entries those asked for that are still there, the last one first
   */
  record Tail(String life, long last, List<Entry> entries) {}

  /** Who keeps the log and the shared caches, as asked from them just now; empty: out of reach. */
  Optional<String> home();

  /** To be called, before the next answer of a new home, when the home is lost or another one. */
  void onChange(Runnable listener);

  /** Leaves everything behind that is kept there: for all processes, it is another home. */
  void renew();

  CompletionStage<?> append(Entry entry);

  /**
   * The entries after this one.
   *
   * @param life of the log that {@code after} was read in; empty: only the end is asked for
   */
  CompletionStage<Tail> fetch(String life, long after);

  /** Removes values from the cache shared in this epoch, and forbids fills that are under way. */
  CompletionStage<?> remove(String cache, long epoch, Collection<Long> ids);

  /** Waits for an answer, but not for long. */
  <T> T await(CompletionStage<T> stage);
}
