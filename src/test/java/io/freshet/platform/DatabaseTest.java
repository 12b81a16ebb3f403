package io.freshet.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.testkit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  @Test
  void migratesAnEmptyDatabaseOnce() {
    try (Database database = TestDatabase.openEmpty()) {
      assertThat(database.migrate().steps()).isPositive();
      assertThat(database.migrate().steps()).isZero();
    }
  }

  @Test
  void refusesASchemaOfANewerVersionInOneSentence() {
    try (Database database = TestDatabase.open()) {
      database
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  INSERT INTO flyway_schema_history
                  SELECT 999, '999', 'future', 'SQL', 'V999__future.sql', 0, 'someone', now(), 0, true
                  """));
      assertThatThrownBy(database::migrate)
          .isInstanceOf(OperatorException.class)
          .hasMessageMatching(".* has schema version 999, but this Freshet knows only \\d+: .*")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void saysWhichDatabaseItCannotReach() {
    DatabaseAddress nowhere = DatabaseAddress.parse("postgres://u:secret@127.0.0.1:1/nowhere");
    assertThatThrownBy(() -> Database.open(nowhere, 1))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("postgresql://127.0.0.1:1/nowhere")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("\n");
  }

  @Test
  void repeatsNothingThatWasBoundToAStatementThatFails() {
    try (Database database = TestDatabase.open()) {
      Jdbi jdbi = database.jdbi();
      for (String sql :
          List.of(
              "INSERT INTO celebrity_nowhere VALUES (?)",
              "INSERT INTO account (id, handle, first_name, created_at) SELECT 1, ?, 'x', now()"
                  + " FROM generate_series(1, 2)")) {
        StringWriter said = new StringWriter();
        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(sql, "very secret")))
            .satisfies(thrown -> thrown.printStackTrace(new PrintWriter(said)));
        assertThat(said.toString()).contains("SQLException").doesNotContain("very secret");
      }
    }
  }

  @Test
  void readsTheAddressFormOfHostingPlatforms() {
    DatabaseAddress address =
        DatabaseAddress.parse("postgres://me:p%40ss+word@db.example:5433/feed?sslmode=require");
    assertThat(address.jdbcUrl())
        .isEqualTo("jdbc:postgresql://db.example:5433/feed?sslmode=require");
    assertThat(address.user()).isEqualTo(Optional.of("me"));
    assertThat(address.password()).isEqualTo(Optional.of("p@ss+word"));
  }

  @Test
  void takesAJdbcAddressAsItIs() {
    assertThat(DatabaseAddress.parse("jdbc:postgresql://h/d?user=me").jdbcUrl())
        .isEqualTo("jdbc:postgresql://h/d?user=me");
  }

  @Test
  void refusesOtherAddresses() {
    for (String bad : new String[] {"mysql://h/d", "postgres://h", "postgres:///d", "not a url"}) {
      assertThatThrownBy(() -> DatabaseAddress.parse(bad))
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("DATABASE_URL");
    }
  }

  @Test
  void showsAnAddressWithoutItsSecrets() {
    assertThat(DatabaseAddress.parse("jdbc:postgresql://h/d?password=hush").toString())
        .isEqualTo("postgresql://h/d");
  }
}
