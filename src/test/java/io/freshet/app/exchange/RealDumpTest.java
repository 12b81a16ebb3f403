package io.freshet.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freshet.app.exchange.ExchangeImport.Result;
import io.freshet.platform.Database;
import io.freshet.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A whole site as it was in the autumn of 2018, with all that real people write. */
class RealDumpTest {
  private static final Path SITE = Path.of("../shared/data/stackexchange/quantumcomputing");

  @Test
  void comesInWholeAndTwiceChangesNothing() {
    assumeTrue(
        Files.isDirectory(SITE),
        "SKIPPED: the dump is not part of this repository; put that of quantumcomputing.stackexchange.com at "
            + SITE);
    try (Database database = TestDatabase.open()) {
      Result result = Sites.bring(database, SITE);
      assertThat(result.added()).isEqualTo(result.found());
      assertThat(result.found().questions()).isEqualTo(612);
      assertThat(result.found().answers()).isEqualTo(1_060);
      assertThat(result.found().tags()).isEqualTo(154);
      assertThat(result.losses()).doesNotContainKeys(Loss.TAGS, Loss.ANSWERS_WITHOUT_QUESTION);
      assertThat(Sites.miscounted(database)).isEmpty();
      List<String> whole = Sites.everything(database);
      assertThat(Sites.bring(database, SITE).added()).isEqualTo(Numbers.NONE);
      assertThat(Sites.everything(database)).isEqualTo(whole);
    }
  }
}
