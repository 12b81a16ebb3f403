package io.freshet.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.ranking.RankingCache.Look;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What each cache of rankings does. */
interface RankingCacheContract {
  RankingCache cache();

  static byte[] one() {
    return "{\"é\":1}".getBytes(StandardCharsets.UTF_8);
  }

  static byte[] two() {
    return new byte[] {'V', 0, -1};
  }

  @Test
  default void givesWhatWasPutUnderThatName() {
    assertThat(cache().get("a")).isEmpty();
    cache().put("a", one());
    cache().put("b", two());
    assertThat(cache().get("a")).hasValueSatisfying(found -> assertThat(found).isEqualTo(one()));
    assertThat(cache().get("b")).hasValueSatisfying(found -> assertThat(found).isEqualTo(two()));
    cache().put("a", two());
    assertThat(cache().get("a")).hasValueSatisfying(found -> assertThat(found).isEqualTo(two()));
  }

  @Test
  default void leasesWhatIsMissingAndFindsWhatIsThere() {
    assertThat(cache().look("a")).isInstanceOf(Look.Mine.class);
    assertThat(cache().get("a")).as("a lease is no ranking").isEmpty();
    cache().put("a", one());
    assertThat(cache().look("a"))
        .asInstanceOf(InstanceOfAssertFactories.type(Look.Found.class))
        .satisfies(found -> assertThat(found.ranking()).isEqualTo(one()));
  }

  @Test
  default void leasesAgainWhatWasReleasedOrDropped() {
    if (cache().look("a") instanceof Look.Mine mine) {
      cache().release("a", mine.token());
    }
    assertThat(cache().look("a")).isInstanceOf(Look.Mine.class);
    cache().drop("a");
    assertThat(cache().look("a")).isInstanceOf(Look.Mine.class);
    cache().put("a", one());
    cache().drop("a");
    assertThat(cache().get("a")).isEmpty();
  }
}
