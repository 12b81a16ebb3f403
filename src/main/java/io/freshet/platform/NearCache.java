package io.freshet.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache in this process of values that are loaded by id, exact under invalidation.
 *
 * <p>A value whose load began before an {@link #invalidate} of its id is never kept, so whoever
 * asks after an invalidation gets what was true then or later. Invalidations of other processes are
 * heeded from the caller's last {@link Invalidations#catchUp} on; while those cannot be trusted,
 * everything is loaded and nothing kept. Loads run outside every lock; two callers may load the
 * same id at once. Ids without a value are not remembered. Thread-safe.
 */
public final class NearCache<V> {
  private static final int STRIPES = 1 << 10;

  private final String name;
  private final Invalidations invalidations;
  private final Function<Collection<Long>, Map<Long, V>> loader;
  private final Cache<Long, V> values;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final long[] forgotten = new long[STRIPES];
  private final Object[] locks = new Object[STRIPES];

  /**
   * @param name the same in all processes
   * @param maxWeight the sum of all weights to keep at most
   * @param loader reads the values of many ids; ids it leaves out have none
   */
  public NearCache(
      String name,
      long maxWeight,
      Weigher<Long, V> weigher,
      Function<Collection<Long>, Map<Long, V>> loader,
      Invalidations invalidations) {
    this.name = name;
    this.loader = loader;
    this.invalidations = invalidations;
    // Maintenance on the caller's thread: no pool of its own, and a simulation stays on its one
    // thread.
    this.values =
        Caffeine.newBuilder()
            .maximumWeight(maxWeight)
            .weigher(weigher)
            .executor(Runnable::run)
            .build();
    for (int i = 0; i < STRIPES; i++) {
      locks[i] = new Object();
    }
    invalidations.register(name, new OfOthers());
  }

  /** A share of the heap in bytes, for a cache's weight. */
  public static long share(double ofHeap) {
    return (long) (Runtime.getRuntime().maxMemory() * ofHeap);
  }

  public @Nullable V get(long id) {
    V cached = invalidations.isTrusted() ? values.getIfPresent(id) : null;
    if (cached != null) {
      hits.increment();
      return cached;
    }
    return getAll(List.of(id)).get(id);
  }

  /** The values of those ids that have one. */
  public Map<Long, V> getAll(Collection<Long> ids) {
    if (!invalidations.isTrusted()) {
      misses.add(ids.size());
      return loader.apply(ids);
    }
    Map<Long, V> found = HashMap.newHashMap(ids.size());
    List<Long> missing = new ArrayList<>();
    for (Long id : ids) {
      V cached = values.getIfPresent(id);
      if (cached != null) {
        found.put(id, cached);
      } else {
        missing.add(id);
      }
    }
    hits.add(found.size());
    if (!missing.isEmpty()) {
      misses.add(missing.size());
      found.putAll(load(missing));
    }
    return found;
  }

  private Map<Long, V> load(List<Long> ids) {
    long[] before = new long[ids.size()];
    for (int i = 0; i < before.length; i++) {
      int stripe = stripe(ids.get(i));
      synchronized (locks[stripe]) {
        before[i] = forgotten[stripe];
      }
    }
    Map<Long, V> loaded = loader.apply(ids);
    for (int i = 0; i < before.length; i++) {
      V value = loaded.get(ids.get(i));
      if (value != null) {
        keep(ids.get(i), value, before[i]);
      }
    }
    return loaded;
  }

  private void keep(Long id, V value, long forgottenBefore) {
    int stripe = stripe(id);
    synchronized (locks[stripe]) {
      if (forgotten[stripe] == forgottenBefore) {
        values.put(id, value);
      }
    }
  }

  /** On return no read that starts later, in any process, gets what was true before this call. */
  public void invalidate(long id) {
    forget(id);
    try {
      invalidations.publish(name, id);
    } finally {
      // Until it was published, the value may have come back from a cache that processes share.
      forget(id);
    }
  }

  private void forget(long id) {
    int stripe = stripe(id);
    synchronized (locks[stripe]) {
      forgotten[stripe]++;
      values.invalidate(id);
    }
  }

  /** Of this process only: for all others see {@link Invalidations#publishAll}. */
  public void invalidateAll() {
    for (int i = 0; i < STRIPES; i++) {
      synchronized (locks[i]) {
        forgotten[i]++;
      }
    }
    values.invalidateAll();
  }

  private final class OfOthers implements Invalidations.Forgetful {
    @Override
    public void forget(long id) {
      NearCache.this.forget(id);
    }

    @Override
    public void forgetAll() {
      invalidateAll();
    }

    @Override
    public Invalidations.Usage usage() {
      return new Invalidations.Usage(hits.sum(), misses.sum(), values.estimatedSize());
    }
  }

  private static int stripe(long id) {
    long mixed = id * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 54);
  }
}
