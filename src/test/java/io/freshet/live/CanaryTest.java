package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CanaryTest {
  private static final long EVERY = Canary.EVERY.toNanos();
  private static final long PATIENCE = Canary.PATIENCE.toNanos();

  private final Canary canary = new Canary(0);

  @Test
  void isSentEverySoOften() {
    assertThat(canary.next(0)).isEqualTo(OptionalLong.of(1));
    assertThat(canary.next(EVERY - 1)).isEmpty();
    assertThat(canary.next(EVERY)).isEqualTo(OptionalLong.of(2));
  }

  @Test
  void isReadyWhileItComesBack() {
    assertThat(canary.isReady(0)).isFalse();
    canary.comesBack(1, 10);
    assertThat(canary.isReady(10 + PATIENCE)).isTrue();
    assertThat(canary.isReady(11 + PATIENCE)).isFalse();
    canary.comesBack(2, 11 + PATIENCE);
    assertThat(canary.isReady(11 + PATIENCE)).isTrue();
  }

  @Test
  void doubtsWhatCameBeforeTheFirstAndAfterAGap() {
    assertThat(canary.comesBack(1, 1)).isTrue();
    assertThat(canary.comesBack(2, 2)).isFalse();
    assertThat(canary.comesBack(4, 3)).isTrue();
    assertThat(canary.comesBack(5, 4)).isFalse();
  }

  @Test
  void overlooksOneThatComesTwice() {
    canary.comesBack(1, 1);
    canary.comesBack(2, 2);
    assertThat(canary.comesBack(1, 3 + PATIENCE)).isFalse();
    assertThat(canary.isReady(3 + PATIENCE)).isFalse();
  }

  @Test
  void doubtsANewWayUntilItComesBackThere() {
    canary.next(0);
    canary.comesBack(1, 1);
    canary.opened(2);
    assertThat(canary.isReady(2)).isFalse();
    assertThat(canary.next(2)).as("at once").isPresent();
    assertThat(canary.comesBack(2, 3)).isTrue();
    assertThat(canary.isReady(3)).isTrue();
  }

  @Test
  void isSilentWhenItDoesNotComeBackForTooLongOnAWayThatIsNotNew() {
    canary.comesBack(1, 1);
    assertThat(canary.isSilent(1 + PATIENCE)).isFalse();
    assertThat(canary.isSilent(2 + PATIENCE)).isTrue();
    canary.opened(2 + PATIENCE);
    assertThat(canary.isSilent(2 + 2 * PATIENCE)).isFalse();
    assertThat(canary.isSilent(3 + 2 * PATIENCE)).isTrue();
  }
}
