package io.freshet.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * {@code -Dfreshet.nodes.seeds=N} runs more seeds, {@code -Dfreshet.nodes.first=N} begins
 * elsewhere.
 */
class NodeProtocolTest {
  private static final long SEEDS = Long.getLong("freshet.nodes.seeds", 1_000);
  private static final long FIRST = Long.getLong("freshet.nodes.first", 1);

  /** As many as must catch every flaw. */
  private static final long SEEDS_FOR_A_FLAW = 4_000;

  @Test
  void neverReadsWhatAnAcknowledgedWriteHasReplacedWhateverBreaks() {
    AtomicLong recovered = new AtomicLong();
    long trusted =
        LongStream.range(FIRST, FIRST + SEEDS)
            .parallel()
            .map(seed -> {
              NodeRun run = new NodeRun(seed, Flaw.NONE);
              try {
                run.run();
              } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
              }
              recovered.addAndGet(run.recovered ? 1 : 0);
              return run.trustedReads;
            })
            .sum();
    assertThat(trusted).as("reads from trusted near caches").isGreaterThan(20 * SEEDS);
    // A run ends after so many steps, in a few of them too early for a silence that began late.
    assertThat(recovered.get())
        .as("runs after which all trust again")
        .isGreaterThan(SEEDS * 9 / 10);
  }

  @ParameterizedTest
  @EnumSource(value = Flaw.class, mode = Mode.EXCLUDE, names = "NONE")
  void catchesTheFlaw(Flaw flaw) {
    boolean caught =
        LongStream.range(1, SEEDS_FOR_A_FLAW).parallel().anyMatch(seed -> fails(seed, flaw));
    assertThat(caught).as("%s seeds catch %s", SEEDS_FOR_A_FLAW, flaw).isTrue();
  }

  private static boolean fails(long seed, Flaw flaw) {
    try {
      new NodeRun(seed, flaw).run();
      return false;
    } catch (NodeRun.Leak e) {
      return true;
    }
  }
}
