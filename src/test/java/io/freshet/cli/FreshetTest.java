package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.DatabaseAddress;
import io.freshet.platform.Home;
import io.freshet.platform.Json;
import io.freshet.testkit.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands in this process, on a database of the test server. */
class FreshetTest {
  @TempDir private Path home = Path.of("");

  private final Map<String, String> environment = new HashMap<>();

  private record Ran(int code, String out, String err) {}

  @Test
  void everyCommandHasAHelpText() {
    for (String command :
        List.of(
            "",
            "serve",
            "migrate",
            "capacity",
            "demo",
            "import",
            "import graph",
            "import stackexchange",
            "import people",
            "import posts",
            "feeds",
            "feeds rebuild",
            "feeds verify",
            "counters verify",
            "media",
            "media verify",
            "media clean",
            "ranking",
            "ranking show",
            "ranking refresh",
            "accounts",
            "accounts create",
            "accounts show",
            "accounts celebrity",
            "accounts administrator",
            "accounts token",
            "queue stats",
            "queue parked",
            "queue parked list",
            "queue parked retry",
            "queue parked drop",
            "config print")) {
      Ran ran = run((command + " --help").strip().split(" "));
      assertThat(ran.code()).as(command).isZero();
      assertThat(ran.out()).as(command).contains("Usage: freshet " + command);
    }
  }

  @Test
  void printsItsVersion() {
    assertThat(run("version").out()).startsWith("freshet ").contains("java 25");
  }

  @Test
  void refusesWrongUsageWithTwo() {
    assertThat(run("dance").code()).isEqualTo(2);
    assertThat(run().code()).isEqualTo(2);
    assertThat(run("feeds", "verify").code()).isEqualTo(2);
    assertThat(run("feeds", "verify", "--all", "anna").code()).isEqualTo(2);
  }

  @Test
  void printsTheSettingsWithoutTheirSecrets() {
    environment.put("FRESHET_SECRET", "hush-hush-hush");
    Ran ran = run("config", "print");
    assertThat(ran.out())
        .contains("feed.window")
        .contains("(FRESHET_SECRET)")
        .doesNotContain("hush");
    assertThat(Json.MAPPER.readTree(run("config", "print", "--json").out())).hasSizeGreaterThan(15);
  }

  @Test
  void saysWhatIsWrongInOneLine() {
    environment.put("FRESHET_FEED_WINDWO", "5");
    Ran ran = run("config", "print");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines()).singleElement().asString().contains("FRESHET_FEED_WINDOW");
  }

  @Test
  void refusesRolesThatCannotBe() {
    Ran unknown = run("serve", "--roles=dancer");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err().lines())
        .singleElement()
        .asString()
        .contains("There is no role \"dancer\"");
    Ran lonely = run("serve", "--roles=worker,scheduler");
    assertThat(lonely.code()).isEqualTo(1);
    assertThat(lonely.err().lines()).singleElement().asString().contains("set REDIS_URL");
  }

  @Test
  void showsRankingsOfAnyDay() {
    useTestDatabase();
    JsonNode now = json(run("ranking", "show", "--json"));
    assertThat(now.path("tags").isArray()).isTrue();
    assertThat(now.path("membersComputedAt").asString()).isNotEmpty();
    JsonNode then = json(run("ranking", "show", "--at", "2018-09-01", "--json"));
    assertThat(then.path("tagsComputedAt").asString()).isEqualTo("2018-09-01T00:00:00Z");
    Ran renewed = run("ranking", "refresh");
    assertThat(renewed.code()).as(renewed.err()).isZero();
    assertThat(renewed.out()).contains("Computed in ", "Popular tags, as of ", "Best members");
    for (String bad : List.of("yesterday", "2018-13-01", "1918-09-01", "+999999999-01-01")) {
      Ran ran = run("ranking", "show", "--at", bad);
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err()).contains("--at must be a day or a moment in UTC");
    }
  }

  @Test
  void importsVerifiesAndRebuildsWithoutAServer() throws IOException {
    useTestDatabase();
    Path graph = Files.writeString(home.resolve("g.edges"), "1 2\n2 3\n3 1\n4 1\n");
    JsonNode imported =
        json(
            run(
                "import",
                "graph",
                graph.toString(),
                "--posts-per-account",
                "3",
                "--star",
                "--json",
                "--password",
                "very long password"));
    assertThat(imported.path("accounts").asLong()).isEqualTo(5);
    assertThat(imported.path("follows").asLong()).isEqualTo(12);
    assertThat(imported.path("posts").asLong()).isEqualTo(15);

    Ran rebuilt = run("feeds", "rebuild", "--all", "--json");
    assertThat(rebuilt.err()).contains("No server is running in " + home);
    assertThat(json(rebuilt).path("feeds").asLong()).isEqualTo(5);

    JsonNode verified = json(run("feeds", "verify", "--all", "--json"));
    assertThat(verified.path("feeds").asLong()).isEqualTo(5);
    assertThat(verified.path("differences").asLong()).isZero();
    assertThat(run("feeds", "verify", "n1").out()).contains("1 feeds compared");

    JsonNode counted = json(run("counters", "verify", "--json"));
    assertThat(counted.path("posts").asLong()).isEqualTo(15);
    assertThat(counted.path("accounts").asLong()).isEqualTo(5);
    assertThat(counted.path("differences").asLong()).isZero();
    assertThat(run("counters", "verify", "--repair").out())
        .startsWith("15 posts, 0 questions, 0 answers and 5 accounts compared")
        .contains("0 differences, 0 repaired.");
    assertThat(run("media", "verify").out())
        .contains("0 pictures and videos, 0 files: 0 missing, 0 stray");
    assertThat(run("media", "clean").out()).contains("0 pictures and videos removed");
  }

  @Test
  void removesAnAccountForGoodIfOneMeansIt() throws IOException {
    useTestDatabase();
    Path graph = Files.writeString(home.resolve("g.edges"), "1 2\n2 3\n3 1\n");
    assertThat(run("import", "graph", graph.toString(), "--json").code()).isZero();
    assertThat(run("accounts", "remove", "n1").err()).contains("--yes");
    assertThat(run("accounts", "remove", "n1", "--yes").out()).contains("n1 is removed");
    Ran again = run("accounts", "remove", "n1", "--yes");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("n1");
  }

  @Test
  void migratesAnEmptyDatabaseAndSaysFromWhereToWhere() throws Exception {
    useDatabase(TestDatabase.emptyAddress());
    Ran first = run("migrate");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).containsPattern("went from nothing to version \\d+ \\(\\d+ steps\\)");
    assertThat(run("migrate").out()).containsPattern("is up to date: version \\d+");
    JsonNode again = json(run("migrate", "--json")).path("migrated");
    assertThat(again.path("steps").asInt()).isZero();
    assertThat(again.path("from")).isEqualTo(again.path("to"));
  }

  @Test
  void migratesBesideAServerThatUsesTheHome() {
    useTestDatabase();
    Home.Lock lock = new Home(home).lock();
    try {
      assertThat(run("migrate").code()).isZero();
    } finally {
      lock.close();
    }
  }

  @Test
  void saysWhichDatabaseCannotBeReached() {
    environment.put("DATABASE_URL", "postgres://me:hush@127.0.0.1:1/feed");
    Ran ran = run("migrate", "--wait", "1");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .contains("Cannot reach the database at postgresql://127.0.0.1:1/feed")
        .doesNotContain("hush");
    assertThat(run("migrate", "--wait", "-1").err()).contains("--wait must be from 0");
  }

  @Test
  void saysWhatACommunityTakes() {
    Ran ran = run("capacity", "--dau", "10000000", "--posts-per-day", "2");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .containsPattern("posts written +231 +694")
        .containsPattern("entries inserted +46,296 +138,889")
        .contains("1,157,407 entries")
        .containsPattern("Redis +\\d+ masters")
        .containsPattern("--dau +x2\\.00")
        .contains("Unit costs: measured");
    JsonNode plan = json(run("capacity", "--json", "--peak", "1")).path("plan");
    assertThat(plan.path("load").path("postsAtPeak").asDouble())
        .isEqualTo(plan.path("load").path("posts").asDouble());
    assertThat(plan.path("parts").path("redisMasters").asLong()).isPositive();
  }

  @Test
  void refusesACommunityThatCannotBe() throws IOException {
    assertThat(run("capacity", "--use", "2").err())
        .isEqualTo("--use must be over 0 and at most 1.\n");
    assertThat(run("capacity", "--followers-mean", "9000").err())
        .contains("--followers-max must be at least --followers-mean");
    Path costs = Files.writeString(home.resolve("costs.json"), "{}");
    assertThat(run("capacity", "--costs", costs.toString()).err().lines())
        .singleElement()
        .asString()
        .contains("Cannot read unit costs from " + costs);
  }

  @Test
  void managesAccounts() throws IOException {
    useTestDatabase();
    JsonNode anna =
        json(
            run(
                "accounts",
                "create",
                "anna",
                "--password",
                "very long password",
                "--first-name",
                "Anna",
                "--json"));
    assertThat(anna.path("handle").asString()).isEqualTo("anna");
    assertThat(run("accounts", "show", anna.path("id").asString()).out()).contains("anna (Anna)");
    assertThat(run("accounts", "administrator", "anna").out()).contains("anna is an administrator");
    assertThat(run("accounts", "administrator", "anna", "--revoke").out())
        .contains("anna is no administrator");
    assertThat(run("accounts", "administrator", "nobody").code()).isEqualTo(1);
    assertThat(run("accounts", "token", "anna").out().strip().split("\\.")).hasSize(3);
    assertThat(run("accounts", "token", "--random", "5", "--seed", "1").out().lines()).hasSize(1);

    Ran again =
        run(
            "accounts",
            "create",
            "anna",
            "--password",
            "very long password",
            "--first-name",
            "Anna");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("handle is taken");
    assertThat(run("accounts", "show", "nobody").err())
        .contains("There is no account with the handle or id \"nobody\".");
  }

  @Test
  void importsNothingFromABadFile() throws IOException {
    useTestDatabase();
    Path graph = Files.writeString(home.resolve("bad.edges"), "1 2\nnonsense\n");
    Ran ran = run("import", "graph", graph.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .contains("line 2")
        .contains("nothing was imported");
    assertThat(run("accounts", "show", "n1").code()).isEqualTo(1);
  }

  @Test
  void leavesAHomeAloneThatIsInUse() throws IOException {
    useTestDatabase();
    Home.Lock lock = new Home(home).lock();
    try {
      Ran ran = run("feeds", "verify", "--all");
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err().lines()).singleElement().asString().contains("Another Freshet is using");
    } finally {
      lock.close();
    }
  }

  private void useTestDatabase() {
    useDatabase(TestDatabase.address());
  }

  private void useDatabase(DatabaseAddress address) {
    environment.put(
        "DATABASE_URL",
        address.jdbcUrl()
            + "?user="
            + address.user().orElseThrow()
            + "&password="
            + address.password().orElseThrow());
    environment.put("FRESHET_DATABASE_POOL_SIZE", "6");
  }

  private static JsonNode json(Ran ran) {
    assertThat(ran.code()).as(ran.err()).isZero();
    return Json.MAPPER.readTree(ran.out());
  }

  private Ran run(String... arguments) {
    environment.put("FRESHET_HOME", home.toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Freshet.run(environment, new PrintWriter(out), new PrintWriter(err), arguments);
    return new Ran(code, out.toString(), err.toString());
  }
}
