package io.freshet.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A cluster of real processes under faults. {@code -Dfreshet.chaos.seed=N} runs another seed,
 * {@code -Dfreshet.chaos.faults=redis,web-1} only those faults whose names contain these words.
 */
@Tag("slow")
class ChaosTest {
  private static final long SEED = Long.getLong("freshet.chaos.seed", 1);
  private static final String FAULTS = System.getProperty("freshet.chaos.faults", "");

  private Path directory = Path.of("");

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("freshet-chaos");
  }

  @AfterEach
  void deleteDirectory() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  @Test
  void keepsEveryGuaranteeWhileAnyPartDies() throws InterruptedException {
    new ChaosRun(SEED).run(directory, FAULTS);
  }
}
