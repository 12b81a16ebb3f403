package io.freshet.platform;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/**
 * What keeps the near caches of all processes exact: one log of the ids whose values have changed.
 *
 * <p>A writer {@link #publish publishes} after its commit and before it answers; a reader {@link
 * #catchUp catches up} before it uses a near cache. So a read that starts after an answered write
 * never sees what was true before it, whichever processes the two are in. Thread-safe.
 */
public interface Invalidations {

  /** For a process that works alone: nobody else remembers anything. */
  static Invalidations none() {
    return new NoInvalidations();
  }

  /** A cache that is told what others have changed. */
  interface Forgetful {
    void forget(long id);

    void forgetAll();

    /** What it has been good for. */
    default Usage usage() {
      return new Usage(0, 0, 0);
    }
  }

  /**
   * How a cache is used.
   *
   * @param hits values it had, since the start
   * @param misses values it had not
   * @param size values it holds now, about
   */
  record Usage(long hits, long misses, long size) {}

  /** A look at the log that is under way. */
  interface CatchUp {
    /** Returns when the near caches heed all that was published before the look began. */
    void join();
  }

  /** How a value travels to a cache that processes share. */
  interface Codec<V> {
    byte[] write(V value);

    V read(byte[] bytes);
  }

  /** Has a cache told, from now on, of what others publish under its name. */
  void register(String cache, Forgetful by);

  /**
   * On return every read that starts later, in any process, heeds this change.
   *
   * @throws UnavailableException when that cannot be had now; the change itself stands
   */
  void publish(String cache, long id);

  /** The same for everything that any cache holds: after an import. May take seconds. */
  void publishAll();

  /** Asks for what was published; the answer is waited for in {@link CatchUp#join}. */
  CatchUp start();

  default void catchUp() {
    start().join();
  }

  /** Whether near caches may be used now; if not, they load and keep nothing. */
  boolean isTrusted();

  /**
   * A loader behind a near cache that asks the cache shared by all processes before the database,
   * where there is one.
   */
  default <V> Function<Collection<Long>, Map<Long, V>> shared(
      String cache, Codec<V> codec, Function<Collection<Long>, Map<Long, V>> loader) {
    return loader;
  }
}
