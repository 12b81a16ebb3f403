package io.freshet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Switches on one bug at a time: the simulation must see each. */
class FalsificationTest {
  private static final long SEEDS = 10_000;

  @ParameterizedTest
  @EnumSource(Hazard.class)
  void catchesTheHazard(Hazard hazard) {
    boolean caught =
        LongStream.range(1, SEEDS)
            .anyMatch(
                seed -> Shrinker.failure(Scenario.of(seed), Hazards.only(hazard)).isPresent());
    assertThat(caught).as("%s seeds catch %s", SEEDS, hazard).isTrue();
  }
}
