package io.freshet.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.chaos.Call.Answer;
import io.freshet.chaos.Call.Shown;
import io.freshet.platform.Database;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import io.freshet.testkit.Cluster;
import io.freshet.testkit.FreshetNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;

/** What must hold when all parts are whole again and nothing is left to do. */
final class AtRest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int PAGE = 100;
  private static final int SHOWN = 12;

  /** Q(u) of docs/guarantees.md, by nothing but the tables. */
  private static final String FEED =
      """
      SELECT post.id FROM follow JOIN post ON post.author_id = follow.followee_id
      WHERE follow.follower_id = :viewer AND post.deleted_at IS NULL
        AND NOT EXISTS (SELECT FROM mute WHERE mute.viewer_id = :viewer
                        AND mute.author_id = post.author_id)
        AND NOT EXISTS (SELECT FROM restriction WHERE restriction.viewer_id = :viewer
                        AND restriction.author_id = post.author_id)
        AND (post.original_id IS NULL
             OR post.id = (SELECT min(share.id) FROM post share
                           JOIN post original ON original.id = share.original_id AND original.deleted_at IS NULL
                           JOIN follow ON follow.follower_id = :viewer AND follow.followee_id = share.author_id
                           WHERE share.original_id = post.original_id AND share.deleted_at IS NULL
                             AND share.author_id NOT IN (SELECT author_id FROM mute WHERE viewer_id = :viewer
                               UNION SELECT author_id FROM restriction WHERE viewer_id = :viewer)
                             AND original.author_id NOT IN (SELECT author_id FROM mute WHERE viewer_id = :viewer
                               UNION SELECT author_id FROM restriction WHERE viewer_id = :viewer
                               UNION SELECT followee_id FROM follow WHERE follower_id = :viewer)))
      ORDER BY post.id DESC
      """;

  private final Cluster cluster;
  private final People people;
  private final Wire wire;
  private final History history;

  AtRest(Cluster cluster, People people, Wire wire, History history) {
    this.cluster = cluster;
    this.people = people;
    this.wire = wire;
    this.history = history;
  }

  /** G1, G2, G6, G10, and nothing parked. */
  void check() {
    try (Database database = cluster.database()) {
      Jdbi jdbi = database.jdbi();
      nothingIsLost(jdbi);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(left(jdbi)).as("events left in the outbox").isEmpty());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(orphans(jdbi)).as("shares that outlive what they share").isZero());
      feedsAreEqual(jdbi, "G2");
      verifies();
      new CountersAtRest(cluster, people, wire).check(jdbi, facts());
      cluster.servers().redis().cli("flushall");
      feedsAreEqual(jdbi, "G6: after the cache was emptied");
      verifies();
      assertThat(left(jdbi)).as("events left in the outbox").isEmpty();
    }
  }

  private static long orphans(Jdbi jdbi) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) FROM post share JOIN post original ON original.id = share.original_id
                WHERE share.deleted_at IS NULL AND original.deleted_at IS NOT NULL
                """)
            .mapTo(Long.class)
            .one());
  }

  private static List<String> left(Jdbi jdbi) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT format('%s %s, claimed until %s, now %s, parked: %s', topic,
                              convert_from(body, 'UTF8'), claimed_until, now(), parked_error)
                FROM outbox LIMIT 10
                """)
            .mapTo(String.class)
            .list());
  }

  /** G1: the tables hold what the last acknowledged writes said; no post twice, none besides. */
  private void nothingIsLost(Jdbi jdbi) {
    Facts facts = facts();
    long now = history.now() + Duration.ofHours(1).toNanos();
    Set<Long> found = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    jdbi.useHandle(handle ->
        handle
            .createQuery("SELECT id, text, deleted_at IS NULL FROM post WHERE original_id IS NULL")
            .map((row, context) -> {
              found.add(row.getLong(1));
              expect(wrong, facts, new Fact.Lives(row.getLong(1)), row.getBoolean(3), now);
              if (row.getBoolean(3)) { // a deleted post keeps no text
                expect(wrong, facts, new Fact.Text(row.getLong(1)), row.getString(2), now);
              }
              return 0;
            })
            .list());
    assertThat(found).as("G1: the posts").containsExactlyInAnyOrderElementsOf(facts.posts());
    sharesAreNotLost(jdbi, facts, wrong, now);
    Set<List<Long>> follows = pairs(jdbi, "SELECT follower_id, followee_id FROM follow");
    Set<List<Long>> mutes = pairs(jdbi, "SELECT viewer_id, author_id FROM mute");
    Set<List<Long>> restrictions = pairs(jdbi, "SELECT author_id, viewer_id FROM restriction");
    for (int one = 0; one < people.size(); one++) {
      for (int other = 0; other < people.size(); other++) {
        List<Long> pair = List.of(people.id(one), people.id(other));
        expect(wrong, facts, new Fact.Follows(one, other), follows.contains(pair), now);
        expect(wrong, facts, new Fact.Mutes(one, other), mutes.contains(pair), now);
        expect(wrong, facts, new Fact.Restricts(one, other), restrictions.contains(pair), now);
      }
    }
    assertThat(some(wrong)).as("G1: what the tables say and cannot be").isEqualTo("[]");
  }

  private void sharesAreNotLost(Jdbi jdbi, Facts facts, List<String> wrong, long now) {
    Set<List<Long>> shares =
        pairs(
            jdbi,
            "SELECT author_id, original_id FROM post WHERE original_id IS NOT NULL AND deleted_at IS NULL");
    for (Fact.Shares share : facts.shares()) {
      boolean isThere = shares.remove(List.of(people.id(share.sharer()), share.post()));
      boolean mayBeGone = facts.may(new Fact.Lives(share.post()), false, now, now);
      if (isThere || !mayBeGone) {
        expect(wrong, facts, share, isThere, now);
      }
    }
    assertThat(shares).as("G1: shares that nobody asked for").isEmpty();
  }

  private Facts facts() {
    return Facts.of(history.calls());
  }

  private static void expect(List<String> wrong, Facts facts, Fact fact, Object value, long now) {
    if (!facts.may(fact, value, now, now)) {
      wrong.add(fact + " is " + value);
    }
  }

  private static Set<List<Long>> pairs(Jdbi jdbi, String sql) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(sql)
            .map((row, context) -> List.of(row.getLong(1), row.getLong(2)))
            .stream()
            .collect(Collectors.toSet()));
  }

  /** Everybody's whole feed, from each web node. */
  private void feedsAreEqual(Jdbi jdbi, String guarantee) {
    for (int viewer = 0; viewer < people.size(); viewer++) {
      int who = viewer;
      List<Long> wanted =
          jdbi.withHandle(handle ->
              handle.createQuery(FEED).bind("viewer", people.id(who)).mapTo(Long.class).list());
      for (FreshetNode node : cluster.nodes("web")) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(difference(walk(node, who), wanted))
                    .as(() -> state(guarantee, who, node))
                    .isEmpty());
      }
    }
  }

  /** Nothing, or what is lacking and what is too much. */
  private static String difference(List<Long> shown, List<Long> wanted) {
    if (shown.equals(wanted)) {
      return "";
    }
    List<Long> lacking = new ArrayList<>(wanted);
    lacking.removeAll(shown);
    List<Long> besides = new ArrayList<>(shown);
    besides.removeAll(wanted);
    return "%d posts instead of %d; lacks %s, shows besides %s"
        .formatted(shown.size(), wanted.size(), some(lacking), some(besides));
  }

  private static String some(List<?> all) {
    return all.size() <= SHOWN ? all.toString() : all.subList(0, SHOWN) + " and more";
  }

  private List<Long> walk(FreshetNode node, int viewer) throws InterruptedException {
    List<Long> ids = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Wire.Heard heard =
          wire.ask(node.address(), new Act.ReadFeed(viewer, PAGE, cursor, Long.MAX_VALUE));
      if (!(heard.answer() instanceof Answer.Done(var posts, _))) {
        throw new AssertionError(node.name() + " answers " + heard.answer());
      }
      posts.stream().map(Shown::post).forEach(ids::add);
      cursor = heard.cursor();
    } while (cursor.isPresent());
    return ids;
  }

  private void verifies() {
    for (FreshetNode node : cluster.nodes()) {
      JsonNode report = verify(node);
      assertThat(report.path("differences").asLong(-1))
          .as("G2: feeds verify --all of %s: %s", node.name(), report)
          .isZero();
      assertThat(report.path("feeds").asLong()).isEqualTo(people.size());
    }
    assertThat(queueStats().findValuesAsString("parked"))
        .as("parked: %s", queueStats())
        .containsOnly("0");
  }

  /** Where to look: in the stored feed, in what is pulled, or in the caches of this process. */
  private String state(String guarantee, int who, FreshetNode node) {
    JsonNode verified =
        node.ask(
            "feeds.verify",
            Json.MAPPER.createObjectNode().put("account", Long.toString(people.id(who))));
    return "%s: feed of %s (%s) on %s; queue %s; its verification %s"
        .formatted(guarantee, who, people.id(who), node.name(), queueStats(), verified);
  }

  /** Again if it was refused: a process that was idle may learn only now that Redis was emptied. */
  private static JsonNode verify(FreshetNode node) {
    return await()
        .atMost(PATIENCE)
        .ignoreException(OperatorException.class)
        .until(
            () -> node.ask("feeds.verify", Json.MAPPER.createObjectNode().put("all", true)),
            report -> true);
  }

  private JsonNode queueStats() {
    return cluster.node("worker-1").ask("queue.stats", Json.MAPPER.createObjectNode());
  }

  static Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("FRESHET_FEED_WINDOW", "10"),
        Map.entry("FRESHET_FEED_SLACK", "2"),
        Map.entry("FRESHET_CELEBRITY_THRESHOLD", "6"),
        Map.entry("FRESHET_CELEBRITY_KEEP_SHARE", "0.7"),
        Map.entry("FRESHET_FANOUT_BATCH", "3"),
        Map.entry("FRESHET_FANOUT_BIG_AUDIENCE", "4"),
        Map.entry("FRESHET_REDIS_SHARDS", "3"),
        Map.entry("FRESHET_RABBITMQ_SHARDS", "2"),
        Map.entry("FRESHET_DATABASE_POOL_SIZE", "10"));
  }
}
