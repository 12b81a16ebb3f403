package io.freshet.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {
  private static final Path PROGRAMS = Path.of("target", "postgres-programs");
  private static final Map<String, String> QUICK = Map.of("fsync", "off", "shared_buffers", "16MB");

  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("freshet-postgres");
  }

  @AfterEach
  void deleteDirectory() throws IOException {
    DiskTrouble.deleteTree(directory);
  }

  @Test
  void keepsDataBetweenStarts() {
    try (EmbeddedPostgres server = start()) {
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    try (EmbeddedPostgres server = start()) {
      assertThat(number(server, "SELECT answer FROM kept")).isEqualTo(42);
    }
  }

  @Test
  void recoversWhatWasCommittedWhenItWasKilled() throws IOException {
    EmbeddedPostgres killed = start();
    execute(killed, "CREATE TABLE kept AS SELECT 42 AS answer");
    ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
    postmaster.destroyForcibly();
    await().atMost(Duration.ofSeconds(10)).until(() -> !postmaster.isAlive());
    try (EmbeddedPostgres server = start()) {
      assertThat(number(server, "SELECT answer FROM kept")).isEqualTo(42);
    }
  }

  @Test
  void takesOverFromTheServerOfAKilledFreshet() throws IOException {
    EmbeddedPostgres orphan = start();
    execute(orphan, "CREATE TABLE kept AS SELECT 42 AS answer");
    long first = postmaster();
    try (EmbeddedPostgres server = start()) {
      assertThat(postmaster()).isNotEqualTo(first);
      assertThatThrownBy(() -> Database.open(orphan.address(), 1)).hasMessageContaining("refused");
      assertThat(number(server, "SELECT answer FROM kept")).isEqualTo(42);
    }
  }

  @Test
  void leavesAProgramAloneThatGotTheNumberOfADeadServer() throws IOException {
    start().close();
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(directory.resolve("data/postmaster.pid"), other.pid() + "\n");
      try (EmbeddedPostgres server = start()) {
        assertThat(number(server, "SELECT 1")).isEqualTo(1);
        assertThat(other.isAlive()).isTrue();
      }
    } finally {
      other.destroy();
    }
  }

  @Test
  void refusesDataOfAnotherMajorVersionInOneSentence() throws IOException {
    start().close();
    Files.writeString(directory.resolve("data/PG_VERSION"), "14\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("belongs to PostgreSQL 14, but this Freshet carries PostgreSQL 18");
  }

  @Test
  void startsAnewWhenTheFirstInitialisationWasCutShort() throws IOException {
    Files.createDirectories(directory.resolve("data.new/base"));
    try (EmbeddedPostgres server = start()) {
      assertThat(number(server, "SELECT 1")).isEqualTo(1);
    }
  }

  @Test
  void saysWhyTheServerDoesNotStart() {
    start().close();
    assertThatThrownBy(() -> start(Map.of("shared_buffers", "1kB"), PostgresUser.choose()))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("shared_buffers")
        .hasMessageNotContaining("\n");
  }

  @Test
  void leavesNoServerBehindThatDidNotStart() throws IOException {
    start().close();
    Files.writeString(directory.resolve("data/pg_hba.conf"), "nonsense\n");
    assertThatThrownBy(this::start).isInstanceOf(OperatorException.class);
    assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
  }

  @Test
  void isDurableUnlessToldOtherwise() {
    try (EmbeddedPostgres server = start(Map.of(), PostgresUser.choose())) {
      assertThat(text(server, "SHOW fsync")).isEqualTo("on");
      assertThat(text(server, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(text(server, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(text(server, "SHOW data_checksums")).isEqualTo("on");
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() throws IOException {
    try (EmbeddedPostgres server = start()) {
      DatabaseAddress wrong =
          new DatabaseAddress(
              server.address().jdbcUrl(), server.address().user(), java.util.Optional.of("wrong"));
      assertThatThrownBy(() -> Database.open(wrong, 1))
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(Files.getPosixFilePermissions(directory.resolve("password")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void runsAsNobodyWhereRootHasNoNamespaces() {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root changes users");
    try (EmbeddedPostgres server = start(QUICK, PostgresUser.asNobody())) {
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    try (EmbeddedPostgres server = start()) {
      assertThat(number(server, "SELECT answer FROM kept")).isEqualTo(42);
    }
  }

  private EmbeddedPostgres start() {
    return start(QUICK, PostgresUser.choose());
  }

  private EmbeddedPostgres start(Map<String, String> settings, PostgresUser user) {
    return EmbeddedPostgres.start(directory, PROGRAMS, settings, user);
  }

  private long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst().strip());
  }

  private static void execute(EmbeddedPostgres server, String sql) {
    try (Database database = Database.open(server.address(), 1)) {
      database.jdbi().useHandle(handle -> handle.execute(sql));
    }
  }

  private static int number(EmbeddedPostgres server, String sql) {
    return Integer.parseInt(text(server, sql));
  }

  private static String text(EmbeddedPostgres server, String sql) {
    try (Database database = Database.open(server.address(), 1)) {
      return database
          .jdbi()
          .withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
    }
  }
}
