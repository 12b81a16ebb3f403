package io.freshet.ranking;

import io.freshet.platform.Json;
import io.freshet.platform.Metrics;
import io.freshet.platform.Patience;
import io.freshet.platform.SingleFlight;
import io.freshet.platform.redis.RedisAwayException;
import io.freshet.ranking.RankingCache.Look;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ranking, out of the cache. Where it is missing it is computed once, however many ask, in
 * however many processes, and put there; the others wait for it. While the cache is away each
 * process computes for itself, and keeps what it has for {@link #ALONE}. Thread-safe.
 */
final class CachedRanking<T extends Ranking> {
  private static final Logger LOG = LoggerFactory.getLogger(CachedRanking.class);

  /** How old a ranking is shown while the cache is away: then there may be a query so often. */
  static final Duration ALONE = Duration.ofSeconds(30);

  /** Whoever computes has lost the lease by then, if it has died. */
  private static final Duration MOST = RankingCache.LEASE.plusSeconds(1);

  private static final long ONLY = 0;

  private static final List<Duration> BUCKETS =
      Stream.of(1, 5, 10, 50, 100, 500, 1_000, 5_000).map(Duration::ofMillis).toList();

  private final String name;
  private final Class<T> type;
  private final Supplier<T> computation;
  private final RankingCache cache;
  private final RankingCache own;
  private final InstantSource clock;
  private final SingleFlight<T> flight = new SingleFlight<>();
  private volatile Optional<Timer> computed = Optional.empty();

  /**
   * @param name in the cache; another one whenever the type's JSON becomes another
   */
  CachedRanking(
      String name,
      Class<T> type,
      Supplier<T> computation,
      RankingCache cache,
      InstantSource clock) {
    this.name = name;
    this.type = type;
    this.computation = computation;
    this.cache = cache;
    this.own = new HeapRankingCache(clock, ALONE);
    this.clock = clock;
  }

  T get() {
    Optional<T> there;
    try {
      there = cache.get(name).map(this::read);
    } catch (RedisAwayException e) {
      return alone();
    }
    return there.orElseGet(() -> flight.run(ONLY, this::fill));
  }

  /** Computes it, and has all who ask from now on see that. */
  void refresh() {
    cache.put(name, Json.bytes(compute()));
  }

  void forget() {
    own.drop(name);
    cache.drop(name);
  }

  private T alone() {
    return own.get(name).map(this::read).orElseGet(() -> flight.run(ONLY, this::computeAlone));
  }

  private T computeAlone() {
    // Whoever came before may have done it meanwhile.
    return own.get(name).map(this::read).orElseGet(this::computeForUs);
  }

  private T computeForUs() {
    T ranking = compute();
    own.put(name, Json.bytes(ranking));
    return ranking;
  }

  private T fill() {
    AtomicReference<Look> found = new AtomicReference<>(new Look.Others());
    try {
      boolean _ =
          Patience.await(
              MOST,
              () -> {
                found.set(cache.look(name));
                return !(found.get() instanceof Look.Others);
              });
    } catch (RedisAwayException e) {
      return computeAlone();
    }
    return switch (found.get()) {
      case Look.Found there -> read(there.ranking());
      case Look.Mine mine -> computeForAll(mine.token());
      case Look.Others _ -> compute();
    };
  }

  private T computeForAll(long token) {
    T ranking;
    try {
      ranking = compute();
    } catch (RuntimeException | Error e) {
      quietly(() -> cache.release(name, token));
      throw e;
    }
    quietly(() -> cache.put(name, Json.bytes(ranking)));
    return ranking;
  }

  /** The one who asked has an answer all the same. */
  private void quietly(Runnable work) {
    try {
      work.run();
    } catch (RedisAwayException e) {
      LOG.debug("the ranking {} could not be shared", name, e);
    }
  }

  private T compute() {
    Timer.Sample sample = Timer.start();
    T ranking = computation.get();
    computed.ifPresent(sample::stop);
    return ranking;
  }

  private T read(byte[] ranking) {
    return Json.read(ranking, type);
  }

  void measure(Metrics metrics) {
    computed =
        Optional.of(
            metrics.timer(
                "freshet_ranking", "Until a ranking was computed", BUCKETS, "ranking", name));
    metrics.gauge(
        "freshet_ranking_age_seconds", "Age of the ranking shown", this::age, "ranking", name);
  }

  private double age() {
    try {
      return cache
          .get(name)
          .map(bytes -> Duration.between(read(bytes).computedAt(), clock.instant()))
          .map(age -> age.toMillis() / 1e3)
          .orElse(Double.NaN);
    } catch (RedisAwayException e) {
      return Double.NaN;
    }
  }
}
