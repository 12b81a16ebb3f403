package io.freshet.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayLagTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ReplayLag lag = new ReplayLag();

  @Test
  void isUnknownUntilTheReplicaHasPassedAMark() {
    mark(0, 500);
    lag.replayed(499);
    assertThat(lag.at(second(60))).isEmpty();
    lag.replayed(500);
    assertThat(lag.at(second(60))).contains(Duration.ofSeconds(60));
  }

  @Test
  void isNothingWhenTheReplicaHasAll() {
    mark(0, 500);
    lag.replayed(500);
    mark(3, 500);
    lag.replayed(500);
    assertThat(lag.at(second(3))).contains(Duration.ZERO);
  }

  @Test
  void growsWhileNobodyLooksAtThePrimary() {
    mark(0, 500);
    lag.replayed(500);
    mark(3_600, 90_000);
    lag.replayed(600);
    assertThat(lag.at(second(3_600))).contains(Duration.ofHours(1));
    lag.replayed(90_000);
    assertThat(lag.at(second(3_601))).contains(Duration.ofSeconds(1));
  }

  @Test
  void doesNotLookShorterAfterAnOutageOfManyMarks() {
    mark(0, 0);
    lag.replayed(0);
    int looks = 10 * ReplayLag.MOST_MARKS;
    for (int i = 1; i <= looks; i++) {
      mark(i, i);
    }
    for (int behind : new int[] {looks, looks / 2, 1_000, 10}) {
      lag.replayed(looks - behind);
      assertThat(lag.at(second(looks)).orElseThrow())
          .as("behind by %d", behind)
          .isGreaterThanOrEqualTo(Duration.ofSeconds(behind));
    }
    lag.replayed(looks);
    assertThat(lag.at(second(looks))).contains(Duration.ZERO);
  }

  private void mark(int second, long position) {
    lag.mark(second(second), position);
  }

  private static Instant second(int second) {
    return START.plusSeconds(second);
  }
}
