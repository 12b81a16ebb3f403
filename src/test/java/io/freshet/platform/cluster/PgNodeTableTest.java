package io.freshet.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.Database;
import io.freshet.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgNodeTableTest {
  private final Database database = TestDatabase.open();
  private final PgNodeTable table = new PgNodeTable(database.jdbi());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void givesEachProcessItsNumberAndFreesOneWhoseLeaseHasEnded() {
    int first = table.take("a").orElseThrow();
    int second = table.take("b").orElseThrow();
    assertThat(second).isNotEqualTo(first);
    assertThat(table.report(first, "b", "home", 1, false)).as("by a stranger").isFalse();
    assertThat(table.report(first, "a", "home", 1, false)).isTrue();
    assertThat(table.view().live())
        .containsExactlyInAnyOrder(
            new NodeTable.Row(first, "home", 1), new NodeTable.Row(second, "", 0));
    table.giveBack(first, "a");
    assertThat(table.view().live()).extracting(NodeTable.Row::number).containsExactly(second);
  }

  @Test
  void beginsAnEpochForAnotherHomeOnceAndForASilentWriter() {
    int number = table.take("a").orElseThrow();
    table.adopt("one");
    long epoch = table.view().epoch();
    table.adopt("one");
    assertThat(table.view().epoch()).isEqualTo(epoch);
    assertThat(table.view().home()).isEqualTo("one");
    table.report(number, "a", "", epoch, true);
    assertThat(table.view().epoch()).isEqualTo(epoch + 1);
  }

  @Test
  void remembersWhereProcessesWroteThatAreGone() {
    int gone = table.take("a").orElseThrow();
    table.report(gone, "a", "old", 1, false);
    table.report(gone, "a", "", 1, false);
    assertThat(table.hasStrays("new")).as("it may still come").isFalse();
    table.giveBack(gone, "a");
    assertThat(table.hasStrays("old")).isFalse();
    assertThat(table.hasStrays("new")).isTrue();
    table.forgetStrays("new");
    assertThat(table.hasStrays("new")).isFalse();
  }
}
