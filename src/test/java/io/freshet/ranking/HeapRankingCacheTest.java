package io.freshet.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testkit.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapRankingCacheTest implements RankingCacheContract {
  private final MovableClock clock = new MovableClock();
  private final RankingCache cache = new HeapRankingCache(clock);

  @Override
  public RankingCache cache() {
    return cache;
  }

  @Test
  void forgetsWhatNobodyRenews() {
    cache.put("a", RankingCacheContract.one());
    clock.advance(RankingCache.KEPT.minus(Duration.ofMillis(1)));
    assertThat(cache.get("a")).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(cache.get("a")).isEmpty();
  }
}
