package io.freshet.ranking;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rankings of a process that stands alone. Whoever looks may compute: within one process {@link
 * CachedRanking} sees to it that only one does.
 */
public final class HeapRankingCache implements RankingCache {
  private record Kept(byte[] ranking, Instant until) {}

  private final Map<String, Kept> rankings = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Duration life;

  public HeapRankingCache(InstantSource clock) {
    this(clock, KEPT);
  }

  HeapRankingCache(InstantSource clock, Duration life) {
    this.clock = clock;
    this.life = life;
  }

  @Override
  public Optional<byte[]> get(String name) {
    return Optional.ofNullable(rankings.get(name))
        .filter(kept -> clock.instant().isBefore(kept.until()))
        .map(Kept::ranking);
  }

  @Override
  public Look look(String name) {
    return get(name).<Look>map(Look.Found::new).orElseGet(() -> new Look.Mine(0));
  }

  @Override
  public void put(String name, byte[] ranking) {
    rankings.put(name, new Kept(ranking, clock.instant().plus(life)));
  }

  @Override
  public void release(String name, long token) {
    // Nobody was kept waiting.
  }

  @Override
  public void drop(String name) {
    rankings.remove(name);
  }
}
