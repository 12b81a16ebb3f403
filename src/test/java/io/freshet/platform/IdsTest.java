package io.freshet.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {
  private final MovableClock clock = new MovableClock();

  @Test
  void riseStrictlyThoughTheClockStandsStillOrStepsBack() {
    Ids ids = new Ids(clock, 3);
    long last = 0;
    for (int i = 0; i < 20_000; i++) {
      if (i == 10_000) {
        clock.advance(Duration.ofSeconds(-5));
      }
      long id = ids.next();
      assertThat(id).isGreaterThan(last);
      last = id;
    }
  }

  @Test
  void tellWhenTheyWereDrawn() {
    Instant now = clock.instant();
    long id = new Ids(clock, 0).next();
    assertThat(Ids.instantOf(id)).isEqualTo(now);
    assertThat(Ids.firstAt(now)).isLessThanOrEqualTo(id);
    assertThat(Ids.firstAt(now.plusMillis(1))).isGreaterThan(id);
  }

  @Test
  void reachBackToTheOldestCommunitiesOneCouldImport() {
    Instant first = Instant.parse("2008-07-31T21:42:52.667Z");
    assertThat(Ids.firstAt(first)).isPositive();
    assertThat(Ids.instantOf(Ids.firstAt(first))).isEqualTo(first);
  }

  @Test
  void areReadAsTheyAreWritten() {
    long last = new Ids(() -> Instant.parse("2077-01-01T00:00:00Z"), 0).next();
    for (long id : new long[] {1, last, Long.MAX_VALUE}) {
      assertThat(Ids.parse(Long.toString(id))).contains(id);
    }
    for (String text : List.of("", "0", "01", "-1", "+1", "1x", "١", "9223372036854775808", "1 ")) {
      assertThat(Ids.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void ofDifferentNodesAreNeverTheSame() {
    Set<Long> drawn = new HashSet<>();
    for (int node = 0; node < Ids.NODES; node++) {
      assertThat(drawn.add(new Ids(clock, node).next())).isTrue();
    }
    assertThatThrownBy(() -> new Ids(clock, Ids.NODES))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
