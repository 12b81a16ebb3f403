package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.Database;
import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.OperatorException;
import io.freshet.testkit.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DatabaseLockTest {
  @Test
  void letsOneProcessAtATimeWorkFromADatabase() throws Exception {
    DatabaseAddress address = TestDatabase.address();
    try (Database first = Database.open(address, 2);
        Database second = Database.open(address, 2)) {
      DatabaseLock held = DatabaseLock.take(first);
      assertThatThrownBy(() -> DatabaseLock.take(second))
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("Another Freshet works from the database");
      held.close();
      DatabaseLock taken = DatabaseLock.take(second);
      assertThat(taken).isNotNull();
      taken.close();
    }
  }
}
