package io.freshet.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule of the house reports the fixture that breaks it, and nothing but that. */
class RulesBiteTest {
  private static final String ROOT = "io.freshet.architecture.fixture";

  private static final ModuleTable TABLE =
      new ModuleTable(
          ROOT,
          List.of(
              new Module(0, "platform", "", Set.of()),
              new Module(1, "queue", "", Set.of()),
              new Module(2, "feed", "", Set.of("queue")),
              new Module(3, "post", "", Set.of("feed", "queue")),
              new Module(4, "web", "", Set.of("feed")),
              new Module(5, "app", "", Module.ALL),
              new Module(6, "cli", "", Module.ALL),
              new Module(7, "ghost", "", Set.of())));

  /** What each rule must report of the fixtures: the one line that names each culprit. */
  private static final Map<String, List<String>> BITES =
      Map.ofEntries(
          Map.entry(
              "every class is in a module",
              List.of("stray.Stray is in no module", "stray.Heir is in no module")),
          Map.entry("modules keep to the table", List.of("queue.ReachesUp", "post.UsesTheTop")),
          Map.entry(
              "no permission is unused",
              List.of("post may use feed and does not", "module ghost has no class")),
          Map.entry("packages are null-marked", List.of("stray.Stray", "stray.Heir")),
          Map.entry("names say something", List.of("feed.FeedService ends with Service")),
          Map.entry(
              "no static state",
              List.of("feed.Hoards.count", "feed.Hoards.seen", "feed.Hoards.LAST")),
          Map.entry("no inheritance", List.of("stray.Heir extends")),
          Map.entry("SQL has its places", List.of("feed.SpeaksSql")),
          Map.entry("HTTP stays in web", List.of("feed.ServesHttp")),
          Map.entry("HTTP is called by management", List.of("feed.CallsHttp")),
          Map.entry(
              "traces and log lines have their places",
              List.of("feed.TracesByItself", "feed.WritesLogLines")),
          Map.entry(
              "time and chance are injected",
              List.of("Instant.now()", "currentTimeMillis()", "Thread.sleep", "Random.<init>()")),
          Map.entry(
              "only commands print",
              List.of("System.out", "printStackTrace", "java.util.logging.Logger")));

  private final JavaClasses fixtures = new ClassFileImporter().importPackages(ROOT);

  @TestFactory
  Stream<DynamicTest> bites() {
    return BITES.entrySet().stream()
        .map(bite -> DynamicTest.dynamicTest(bite.getKey(), () -> bites(bite)));
  }

  private void bites(Map.Entry<String, List<String>> bite) {
    List<String> reported =
        HouseRules.of(TABLE).get(bite.getKey()).evaluate(fixtures).getFailureReport().getDetails();
    assertThat(bite.getValue())
        .allSatisfy(culprit -> assertThat(reported).anyMatch(line -> line.contains(culprit)));
    assertThat(reported)
        .allSatisfy(
            line -> assertThat(bite.getValue()).anyMatch(culprit -> line.contains(culprit)));
  }

  @Test
  void everyRuleHasAFixture() {
    assertThat(BITES.keySet()).isEqualTo(HouseRules.of(TABLE).keySet());
  }

  @Test
  void noRulePassesOnNothing() {
    JavaClasses nothing = new ClassFileImporter().importClasses();
    HouseRules.of(TABLE)
        .values()
        .forEach(rule ->
            assertThatThrownBy(() -> rule.check(nothing)).isInstanceOf(AssertionError.class));
  }

  @Test
  void tableReportsEdgesThatGoUpOrNowhere() {
    ModuleTable bad =
        new ModuleTable(
            ROOT,
            List.of(
                new Module(1, "queue", "", Set.of("feed")),
                new Module(2, "feed", "", Set.of("queue", "nowhere")),
                new Module(2, "post", "", Set.of("feed"))));
    assertThat(bad.edgesThatDoNotGoDown())
        .containsExactly("feed -> nowhere", "post -> feed", "queue -> feed");
  }
}
