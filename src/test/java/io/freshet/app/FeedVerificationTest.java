package io.freshet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.account.AccountId;
import io.freshet.app.FeedVerification.Report;
import io.freshet.app.bulk.BulkImport;
import io.freshet.app.bulk.SocialGraph;
import io.freshet.app.bulk.Town;
import io.freshet.app.bulk.Towns;
import io.freshet.feed.FeedWindow;
import io.freshet.platform.Database;
import io.freshet.platform.FreshetConfig;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window holds 20 of the 30 posts that everyone's two followees have written. */
class FeedVerificationTest {
  private static final int PEOPLE = 12;

  @TempDir private Path home = Path.of("");

  private final Database database = TestDatabase.open();
  private Core core = core(Path.of("target", "unused"));
  private long somebody;

  private Core core(Path directory) {
    FreshetConfig config =
        FreshetConfig.load(
            Map.of(
                "FRESHET_HOME", directory.toString(),
                "FRESHET_FEED_WINDOW", "20",
                "FRESHET_FEED_SLACK", "5",
                "FRESHET_CELEBRITY_THRESHOLD", "10"),
            Map.of());
    return new Core(config, database, Optional.empty(), InstantSource.system());
  }

  @BeforeEach
  void importTown() {
    core = core(home);
    SocialGraph.Builder ring = new SocialGraph.Builder();
    for (int i = 0; i < PEOPLE; i++) {
      ring.index(i);
    }
    for (int i = 0; i < PEOPLE; i++) {
      ring.addIndexed(i, (i + 1) % PEOPLE);
      ring.addIndexed(i, (i + 2) % PEOPLE);
    }
    SocialGraph graph = ring.build().withStar();
    Town town =
        new Town(new Towns(1).peopleOf(graph, "n", Optional.empty()), graph, 15, List.of("hello"));
    new BulkImport(database, 10, InstantSource.system(), Progress.SILENT).run(town);
    core.forgetAll();
    somebody = id("n3");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void findsNothingInFeedsThatWereJustBuilt() {
    rebuildAll();
    assertThat(verifyAll(false)).isEqualTo(new Report(PEOPLE + 1, PEOPLE + 1, 0, 0, Map.of()));
  }

  @Test
  void comparesFeedsThatAreNotCachedByReadingThem() {
    assertThat(verifyAll(false)).isEqualTo(new Report(PEOPLE + 1, 0, 0, 0, Map.of()));
  }

  @Test
  void findsAPostThatTheCacheLost() {
    rebuildAll();
    core.feedStore.remove(stored()[4], new long[] {somebody});
    assertDifferenceAndRepair();
  }

  @Test
  void findsAPostThatTheCacheHasTooMany() {
    rebuildAll();
    long stranger = newestOf("n9");
    core.feedStore.insert(stranger, new long[] {somebody});
    assertDifferenceAndRepair();
  }

  @Test
  void findsADeletedPostThatIsStillCached() {
    rebuildAll();
    execute("UPDATE post SET deleted_at = now() WHERE id = " + stored()[7]);
    Report report = verifyAll(false);
    assertThat(report.differences()).isEqualTo(2); // both followers of its author
    assertThat(report.examples()).containsKey(Long.toString(somebody));
  }

  @Test
  void findsACelebritysPostThatTheCachesDoNotKnow() {
    rebuildAll();
    core.authorFeeds.get(id("star"));
    execute(
        "INSERT INTO post (id, author_id, text) SELECT max(id) + 1, (SELECT id FROM account WHERE handle = 'star'), 'unheard of' FROM post");
    assertThat(verifyAll(false).differences()).isEqualTo(PEOPLE);
  }

  @Test
  void findsAMuteThatTheReaderDoesNotHeed() {
    rebuildAll();
    core.feeds.page(new AccountId(somebody), Long.MAX_VALUE, 5);
    execute("INSERT INTO mute (viewer_id, author_id) VALUES (" + somebody + ", " + id("n4") + ")");
    assertThat(verifyAll(false).differences()).isEqualTo(1);
    core.viewers.forget(somebody);
    assertThat(verifyAll(false).differences()).isZero();
  }

  /** n3 follows n4 and n5; n9 they do not. */
  @Test
  void agreesWithTheFeedsOnWhichShareIsSeen() {
    long original = newestOf("n9");
    share(original, "n4", "n5");
    share(newestOf("n5"), "n4");
    long taken = share(newestOf("n8"), "n5", "n4");
    core.forgetAll();
    rebuildAll();
    assertThat(verifyAll(false).differences()).isZero();
    long[] seen = seen();
    core.shares.unshare(new AccountId(id("n5")), new PostId(taken));
    assertThat(seen()).isNotEqualTo(seen);
    core.posts.delete(new AccountId(id("n9")), new PostId(original));
    core.mutes().mute(new AccountId(somebody), new AccountId(id("n8")), Optional.empty());
    rebuildAll();
    assertThat(verifyAll(false).differences()).isZero();
  }

  @Test
  void findsAShareThatTheReaderSeesThoughAnOlderOneIsThere() {
    long original = newestOf("n9");
    long first = share(original, "n4", "n5");
    rebuildAll();
    seen();
    execute("UPDATE post SET deleted_at = now() WHERE id = " + first);
    core.feedStore.remove(first, new long[] {somebody});
    core.posts.forget(first);
    core.authorFeeds.forget(id("n4"));
    assertThat(verifyAll(false).examples()).containsKey(Long.toString(somebody));
  }

  private long[] seen() {
    return core.feeds.page(new AccountId(somebody), Long.MAX_VALUE, 20).items().stream()
        .mapToLong(post -> post.id().value())
        .toArray();
  }

  /** The id of the first of the shares. */
  private long share(long original, String... sharers) {
    Post post = core.posts.find(new PostId(original)).orElseThrow();
    return Stream.of(sharers)
        .map(name -> core.shares.share(new AccountId(id(name)), post).post().id().value())
        .toList()
        .getFirst();
  }

  @Test
  void waitsForEventsThatAreOnTheirWay() {
    rebuildAll();
    long lost = stored()[4];
    core.feedStore.remove(lost, new long[] {somebody});
    FeedVerification verification =
        new FeedVerification(
            core,
            () -> {
              core.feedStore.insert(lost, new long[] {somebody});
              return true;
            });
    assertThat(verification.one(new AccountId(somebody), false).differences()).isZero();
  }

  @Test
  void comparesOneFeedDownToTheEndOfTheWindow() {
    rebuildAll();
    FeedVerification verification = new FeedVerification(core, () -> true);
    assertThat(verification.one(new AccountId(somebody), false).differences()).isZero();
    core.feedStore.remove(stored()[12], new long[] {somebody});
    assertThat(verification.one(new AccountId(somebody), false).differences()).isEqualTo(1);
  }

  private void assertDifferenceAndRepair() {
    Report report = verifyAll(true);
    assertThat(report.differences()).isEqualTo(1);
    assertThat(report.repaired()).isEqualTo(1);
    assertThat(report.examples()).containsOnlyKeys(Long.toString(somebody));
    assertThat(verifyAll(false).differences()).isZero();
  }

  private Report verifyAll(boolean repair) {
    return new FeedVerification(core, () -> true).all(repair, Progress.SILENT);
  }

  private void rebuildAll() {
    new AccountWalk(core.jdbi, 5).run("feeds", Progress.SILENT, core.feedBuilder::buildAll);
  }

  private long[] stored() {
    return core.feedStore.peek(somebody).map(FeedWindow::ids).orElseThrow();
  }

  private long id(String handle) {
    return number("SELECT id FROM account WHERE handle = '" + handle + "'");
  }

  private long newestOf(String handle) {
    return number(
        "SELECT max(post.id) FROM post JOIN account ON account.id = author_id WHERE handle = '"
            + handle
            + "'");
  }

  private long number(String sql) {
    return core.jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private void execute(String sql) {
    core.jdbi.useHandle(handle -> handle.execute(sql));
  }
}
