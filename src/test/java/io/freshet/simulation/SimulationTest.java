package io.freshet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of seeded runs. {@code -Dfreshet.simulation.seeds=N} runs more, {@code
 * -Dfreshet.simulation.first=N} begins elsewhere.
 */
class SimulationTest {
  private static final long SEEDS = Long.getLong("freshet.simulation.seeds", 20_000);
  private static final long FIRST = Long.getLong("freshet.simulation.first", 1);

  @Test
  void keepsEveryGuaranteeUnderEverySeed() {
    OptionalLong failing =
        LongStream.range(FIRST, FIRST + SEEDS)
            .parallel()
            .filter(seed -> Shrinker.failure(Scenario.of(seed), Hazards.none()).isPresent())
            .findFirst();
    if (failing.isPresent()) {
      throw Shrinker.report(Scenario.of(failing.getAsLong()), Hazards.none());
    }
  }

  @Test
  void keepsEveryGuaranteeUnderSeedsThatOnceFailed() throws IOException {
    for (long seed : seedsThatOnceFailed()) {
      assertThat(Shrinker.failure(Scenario.of(seed), Hazards.none())).as("seed %s", seed).isEmpty();
    }
  }

  @Test
  void runsTheSameWayTwice() {
    Hazards hazards = Hazards.only(Hazard.SHORT_FEED_KEPT);
    List<String> outcomes =
        LongStream.range(1, 200)
            .mapToObj(seed ->
                Shrinker.failure(Scenario.of(seed), hazards)
                    .map(Throwable::getMessage)
                    .orElse("kept"))
            .toList();
    List<String> again =
        LongStream.range(1, 200)
            .mapToObj(seed ->
                Shrinker.failure(Scenario.of(seed), hazards)
                    .map(Throwable::getMessage)
                    .orElse("kept"))
            .toList();
    assertThat(again).isEqualTo(outcomes);
  }

  private static long[] seedsThatOnceFailed() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            SimulationTest.class.getResourceAsStream("/simulation/failed-seeds.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .mapToLong(line -> Long.parseLong(line.strip()))
          .toArray();
    }
  }
}
