package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.account.Profile;
import io.freshet.account.Registration;
import io.freshet.feed.FeedWindow;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.platform.Metrics;
import io.freshet.platform.Timetable;
import io.freshet.testkit.MovableClock;
import io.freshet.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The periodic tasks, done by hand on a clock that is moved. */
class PeriodicTest {
  private static final int READERS = 30;

  @TempDir private Path home = Path.of("");

  private final Database database = TestDatabase.open();
  private final MovableClock clock = new MovableClock();
  private final List<Long> readers = new ArrayList<>();
  private Core core = core(Path.of("target", "unused"));
  private Periodic periodic = new Periodic(core, () -> true);
  private AccountId author = new AccountId(1);

  private Core core(Path directory) {
    return new Core(
        FreshetConfig.load(
            Map.of(
                "FRESHET_HOME",
                directory.toString(),
                "FRESHET_IDEMPOTENCY_KEEP_DAYS",
                "3",
                "FRESHET_RANKING_TAGS_SCHEDULE",
                "7m",
                "FRESHET_RANKING_MEMBERS_SCHEDULE",
                "0 0 4 * * *"),
            Map.of()),
        database,
        Optional.empty(),
        clock);
  }

  @BeforeEach
  void makeReaders() {
    core = core(home);
    periodic = new Periodic(core, () -> true);
    author = person("author");
    for (int i = 0; i < READERS; i++) {
      AccountId reader = person("reader" + i);
      core.follows.follow(reader, author);
      readers.add(reader.value());
    }
    for (int i = 0; i < 5; i++) {
      core.posts.publish(author, "a post", Optional.empty());
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void mendsFeedsThatDifferAndCountsThem() {
    core.feedBuilder.buildAll(readers);
    core.feedStore.remove(
        stored(readers.getFirst())[2], readers.stream().mapToLong(Long::longValue).toArray());
    run("feed-verification");
    long mended = readers.stream().filter(reader -> stored(reader).length == 5).count();
    assertThat(mended).isPositive();
    Metrics metrics = new Metrics();
    periodic.measure(metrics);
    assertThat(metrics.scrape())
        .contains("freshet_verification_diverged_total " + mended + ".0")
        .contains("freshet_verification_repaired_total " + mended + ".0");
    metrics.close();
  }

  @Test
  void warmsUpTheFeedsOfThoseWhoReadLatelyWhenMostAreMissing() {
    readers.forEach(core.feedReaders::note);
    core.feedReaders.save();
    run("warm-up");
    assertThat(core.feedStore.size()).hasValue(READERS);
    core.feedStore.clear();
    run("warm-up");
    assertThat(core.feedStore.size()).hasValue(READERS);
  }

  @Test
  void leavesAWarmCacheAlone() {
    readers.forEach(core.feedReaders::note);
    core.feedReaders.save();
    core.feedBuilder.buildAll(readers.subList(0, READERS - 5));
    run("warm-up");
    assertThat(core.feedStore.size()).hasValue(READERS - 5);
  }

  @Test
  void doesNotWarmUpForThoseWhoStayedAway() {
    readers.forEach(core.feedReaders::note);
    core.feedReaders.save();
    clock.advance(Duration.ofDays(31));
    run("warm-up");
    assertThat(core.feedStore.size()).hasValue(0);
  }

  @Test
  void dropsFeedsNobodyReads() {
    core.feedBuilder.buildAll(readers);
    clock.advance(Duration.ofDays(31));
    run("feed-sweep");
    assertThat(core.feedStore.size()).hasValue(0);
  }

  @Test
  void forgetsKeysOfOldPostsOnly() {
    core.posts.publish(author, "long ago", Optional.of("old"));
    clock.advance(Duration.ofDays(4));
    core.posts.publish(author, "just now", Optional.of("new"));
    run("idempotency-keys");
    assertThat(
            core.jdbi.<List<String>, RuntimeException>withHandle(handle ->
                handle.createQuery("SELECT key FROM post_idempotency").mapTo(String.class).list()))
        .containsExactly("new");
  }

  @Test
  void renewsTheRankingsAtTheTimesOfTheSettings() {
    core.rankings.popularTags();
    core.rankings.bestMembers();
    clock.advance(Duration.ofMinutes(7));
    run("popular-tags");
    assertThat(core.rankings.popularTags().computedAt()).isEqualTo(clock.instant());
    assertThat(core.rankings.bestMembers().computedAt()).isBefore(clock.instant());
    run("best-members");
    assertThat(core.rankings.bestMembers().computedAt()).isEqualTo(clock.instant());
    assertThat(task("popular-tags").due()).isEqualTo(new Timetable.Every(Duration.ofMinutes(7)));
    assertThat(task("best-members").due()).isEqualTo(new Timetable.Cron("0 0 4 * * *"));
  }

  private void run(String name) {
    task(name).work().run();
  }

  private PeriodicTask task(String name) {
    return periodic.tasks().stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private long[] stored(long reader) {
    return core.feedStore.peek(reader).map(FeedWindow::ids).orElseThrow();
  }

  private AccountId person(String handle) {
    Profile profile = new Profile("A", "Person", Optional.empty(), "", "");
    return core.accounts
        .register(new Registration(Optional.of(handle), "a long enough password", profile))
        .id();
  }
}
