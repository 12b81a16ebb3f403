package io.freshet.platform;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The near caches of this process: every {@link NearCache} registers with its invalidations, and
 * here what registers is also shown in the metrics, by its name. Thread-safe.
 */
public final class NearCaches implements Invalidations {
  private final Invalidations invalidations;
  private final Map<String, Forgetful> caches = new ConcurrentHashMap<>();

  public NearCaches(Invalidations invalidations) {
    this.invalidations = invalidations;
  }

  /** Of all that have registered until now. */
  public void measure(Metrics metrics) {
    caches.forEach((name, cache) -> {
      metrics.count(
          "freshet_near_cache_reads",
          "Values asked of a near cache",
          () -> cache.usage().hits(),
          "cache",
          name,
          "result",
          "hit");
      metrics.count(
          "freshet_near_cache_reads",
          "Values asked of a near cache",
          () -> cache.usage().misses(),
          "cache",
          name,
          "result",
          "miss");
      metrics.gauge(
          "freshet_near_cache_size",
          "Values in a near cache",
          () -> cache.usage().size(),
          "cache",
          name);
    });
  }

  @Override
  public void register(String cache, Forgetful by) {
    caches.put(cache, by);
    invalidations.register(cache, by);
  }

  @Override
  public void publish(String cache, long id) {
    invalidations.publish(cache, id);
  }

  @Override
  public void publishAll() {
    invalidations.publishAll();
  }

  @Override
  public CatchUp start() {
    return invalidations.start();
  }

  @Override
  public void catchUp() {
    invalidations.catchUp();
  }

  @Override
  public boolean isTrusted() {
    return invalidations.isTrusted();
  }

  @Override
  public <V> Function<Collection<Long>, Map<Long, V>> shared(
      String cache, Codec<V> codec, Function<Collection<Long>, Map<Long, V>> loader) {
    return invalidations.shared(cache, codec, loader);
  }
}
