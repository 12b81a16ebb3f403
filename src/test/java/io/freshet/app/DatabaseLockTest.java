package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.Database;
import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.OperatorException;
import io.freshet.testkit.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DatabaseLockTest {
  private final DatabaseAddress address = TestDatabase.address();

  @Test
  void letsOneProcessAtATimeWorkAlone() throws Exception {
    try (Database first = Database.open(address, 2);
        Database second = Database.open(address, 2)) {
      DatabaseLock held = DatabaseLock.takeAlone(first);
      assertThatThrownBy(() -> DatabaseLock.takeAlone(second))
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("Another Freshet works from the database");
      held.close();
      DatabaseLock.takeAlone(second).close();
    }
  }

  @Test
  void letsManyShareButNeverBesideOneAlone() throws Exception {
    try (Database first = Database.open(address, 2);
        Database second = Database.open(address, 2)) {
      DatabaseLock one = DatabaseLock.takeShared(first);
      DatabaseLock.takeShared(second).close();
      assertThatThrownBy(() -> DatabaseLock.takeAlone(second))
          .isInstanceOf(OperatorException.class);
      one.close();
      DatabaseLock alone = DatabaseLock.takeAlone(first);
      assertThatThrownBy(() -> DatabaseLock.takeShared(second))
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("A Freshet without Redis works from the database");
      alone.close();
    }
  }

  @Test
  void isTakenAgainAfterItsConnectionWasCut() throws Exception {
    try (Database first = Database.open(address, 2);
        Database second = Database.open(address, 2);
        DatabaseLock held = DatabaseLock.takeAlone(first)) {
      cutLockHolders(second);
      held.check();
      assertThatThrownBy(() -> DatabaseLock.takeAlone(second))
          .isInstanceOf(OperatorException.class);
    }
  }

  private static void cutLockHolders(Database database) {
    database
        .jdbi()
        .useHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT pg_terminate_backend(pid, 5000) FROM pg_locks
                    WHERE locktype = 'advisory'
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    """)
                .mapToMap()
                .list());
  }
}
