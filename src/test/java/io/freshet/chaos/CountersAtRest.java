package io.freshet.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.chaos.Call.Answer;
import io.freshet.chaos.Call.Shown;
import io.freshet.platform.Json;
import io.freshet.testkit.Cluster;
import io.freshet.testkit.FreshetNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;

/** What must hold of likes, comments and counters when nothing is left to do: G1 and G10. */
final class CountersAtRest {
  private final Cluster cluster;
  private final People people;
  private final Wire wire;

  CountersAtRest(Cluster cluster, People people, Wire wire) {
    this.cluster = cluster;
    this.people = people;
    this.wire = wire;
  }

  void check(Jdbi jdbi, Facts facts) {
    nothingIsLost(jdbi, facts);
    JsonNode report =
        cluster.node("worker-1").ask("counters.verify", Json.MAPPER.createObjectNode());
    assertThat(report.path("differences").asLong(-1))
        .as("G10: counters verify: %s", report)
        .isZero();
    assertThat(report.path("posts").asLong()).isPositive();
    Map<Long, String> wanted = counted(jdbi);
    for (FreshetNode node : cluster.nodes("web")) {
      assertThat(shown(node))
          .as("G10: what %s shows", node.name())
          .allSatisfy(
              (post, counts) -> assertThat(counts).as("post %d", post).isEqualTo(wanted.get(post)));
    }
  }

  /** The tables hold what the last acknowledged likes and comments said, and no comment twice. */
  private void nothingIsLost(Jdbi jdbi, Facts facts) {
    Set<List<Long>> likes = new HashSet<>();
    List<String> comments = new ArrayList<>();
    jdbi.useHandle(handle -> {
      handle
          .createQuery("SELECT account_id, post_id FROM post_like WHERE NOT removed")
          .map((row, context) -> likes.add(List.of(row.getLong(1), row.getLong(2))))
          .list();
      comments.addAll(
          handle
              .createQuery("SELECT text FROM comment WHERE deleted_at IS NULL")
              .mapTo(String.class)
              .list());
    });
    assertThat(comments).as("G1: no comment twice").doesNotHaveDuplicates();
    List<String> wrong = new ArrayList<>();
    for (Fact fact : facts.known()) {
      boolean found =
          switch (fact) {
            case Fact.Likes(int viewer, long post) ->
                likes.contains(List.of(people.id(viewer), post));
            case Fact.Commented(String key) -> comments.contains(key);
            default -> true;
          };
      boolean isOurs = fact instanceof Fact.Likes || fact instanceof Fact.Commented;
      if (isOurs && !facts.may(fact, found, Long.MAX_VALUE, Long.MAX_VALUE)) {
        wrong.add(fact + " is " + found);
      }
    }
    assertThat(wrong).as("G1: what the tables say and cannot be").isEmpty();
  }

  private static Map<Long, String> counted(Jdbi jdbi) {
    Map<Long, String> counted = new HashMap<>();
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                """
                SELECT id,
                       (SELECT count(*) FROM post_like WHERE post_id = post.id AND NOT removed),
                       (SELECT count(*) FROM comment WHERE post_id = post.id AND deleted_at IS NULL)
                FROM post
                """)
            .map(
                (row, context) -> counted.put(row.getLong(1), counts(row.getInt(2), row.getInt(3))))
            .list());
    return counted;
  }

  /** The newest posts of everybody, as a node shows them. */
  private Map<Long, String> shown(FreshetNode node) {
    Map<Long, String> shown = new HashMap<>();
    for (int person = 0; person < people.size(); person++) {
      for (Shown post : page(node, person)) {
        shown.put(post.content(), counts(post.likes(), post.comments()));
      }
    }
    return shown;
  }

  private List<Shown> page(FreshetNode node, int person) {
    try {
      Wire.Heard heard = wire.ask(node.address(), new Act.ReadAuthor(person, person));
      if (heard.answer() instanceof Answer.Done(var posts, _)) {
        return posts;
      }
      throw new AssertionError(node.name() + " answers " + heard.answer());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String counts(int likes, int comments) {
    return likes + " likes, " + comments + " comments";
  }
}
