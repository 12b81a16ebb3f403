package io.freshet.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.ranking.RankingCache.Look;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What each cache of rankings does. */
interface RankingCacheContract {
  byte[] ONE = "{\"é\":1}".getBytes(StandardCharsets.UTF_8);
  byte[] TWO = {'V', 0, -1};

  RankingCache cache();

  @Test
  default void givesWhatWasPutUnderThatName() {
    assertThat(cache().get("a")).isEmpty();
    cache().put("a", ONE);
    cache().put("b", TWO);
    assertThat(cache().get("a")).hasValueSatisfying(found -> assertThat(found).isEqualTo(ONE));
    assertThat(cache().get("b")).hasValueSatisfying(found -> assertThat(found).isEqualTo(TWO));
    cache().put("a", TWO);
    assertThat(cache().get("a")).hasValueSatisfying(found -> assertThat(found).isEqualTo(TWO));
  }

  @Test
  default void leasesWhatIsMissingAndFindsWhatIsThere() {
    assertThat(cache().look("a")).isInstanceOf(Look.Mine.class);
    assertThat(cache().get("a")).as("a lease is no ranking").isEmpty();
    cache().put("a", ONE);
    assertThat(cache().look("a"))
        .asInstanceOf(InstanceOfAssertFactories.type(Look.Found.class))
        .satisfies(found -> assertThat(found.ranking()).isEqualTo(ONE));
  }

  @Test
  default void leasesAgainWhatWasReleasedOrDropped() {
    if (cache().look("a") instanceof Look.Mine mine) {
      cache().release("a", mine.token());
    }
    assertThat(cache().look("a")).isInstanceOf(Look.Mine.class);
    cache().drop("a");
    assertThat(cache().look("a")).isInstanceOf(Look.Mine.class);
    cache().put("a", ONE);
    cache().drop("a");
    assertThat(cache().get("a")).isEmpty();
  }
}
