package io.freshet.bench;

import io.freshet.account.AccountId;
import io.freshet.account.Tokens;
import io.freshet.platform.Json;
import io.freshet.platform.Patience;
import io.freshet.testkit.ApiClient;
import io.freshet.testkit.ApiClient.Ask;
import io.freshet.testkit.ApiClient.Reply;
import io.freshet.testkit.Cluster;
import io.freshet.testkit.FreshetNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;

/** Looks whether all is as it was promised. */
final class DemoCheck {
  private static final int PAGE = 100;

  /** Each post with one of those who should see it, drawn by its id. */
  private static final String READERS =
      """
      SELECT post.id, (SELECT follower_id FROM follow WHERE followee_id = post.author_id
                       ORDER BY hashint8extended(follower_id, post.id) LIMIT 1) AS follower_id
      FROM post WHERE post.id = ANY(?) AND post.deleted_at IS NULL
      """;

  private final Cluster cluster;
  private final Jdbi jdbi;
  private final DemoScreen screen;

  DemoCheck(Cluster cluster, Jdbi jdbi, DemoScreen screen) {
    this.cluster = cluster;
    this.jdbi = jdbi;
    this.screen = screen;
  }

  /** Events that are not yet done. */
  static long outbox(Jdbi jdbi) {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT count(*) FROM outbox").mapTo(Long.class).one());
  }

  boolean awaitQuiet(Duration most) {
    double start = screen.seconds();
    boolean quiet =
        Patience.await(
            most,
            () -> {
              long left = outbox(jdbi);
              screen.moving("%,d events left in the outbox".formatted(left));
              return left == 0;
            });
    if (quiet) {
      screen.done(
          "the outbox is empty %.1f s after the last post".formatted(screen.seconds() - start));
    } else {
      screen.broken("events are left in the outbox after " + most.toMinutes() + " minutes");
    }
    return quiet;
  }

  /** {@code freshet feeds verify --all}, asked of one process. */
  boolean verify(FreshetNode node) {
    JsonNode report =
        node.ask("feeds.verify", Json.MAPPER.createObjectNode().put("all", true), screen::progress);
    long differences = report.path("differences").asLong(-1);
    String line =
        "feeds verify --all on %s: %,d feeds compared, %,d of them cached: %,d differences"
            .formatted(
                node.name(),
                report.path("feeds").asLong(),
                report.path("cached").asLong(),
                differences);
    if (differences == 0) {
      screen.done(line);
    } else {
      screen.broken(line);
      report.path("examples").properties().forEach(it -> screen.note(it.toString()));
    }
    return differences == 0;
  }

  /** Whether each post is in the database, and in the feed that one of its followers gets. */
  boolean present(List<Long> acknowledged, Tokens tokens) throws IOException, InterruptedException {
    Map<Long, Long> readers = readers(acknowledged);
    List<String> nodes = cluster.nodes("web").stream().map(FreshetNode::address).toList();
    long missing = (long) acknowledged.size() - readers.size();
    long unseen = 0;
    int looked = 0;
    try (ApiClient api = new ApiClient()) {
      for (Map.Entry<Long, Long> reader : readers.entrySet()) {
        String token = tokens.issue(new AccountId(reader.getValue()));
        String node = nodes.get(looked % nodes.size());
        unseen += isSeen(api, node, token, reader.getKey()) ? 0 : 1;
        looked++;
        screen.progress("posts looked for in followers' feeds", looked, readers.size());
      }
    }
    String line =
        "%,d acknowledged posts: %,d missing in the database, %,d missing in a follower's feed"
            .formatted(acknowledged.size(), missing, unseen);
    if (missing + unseen == 0) {
      screen.done(line);
    } else {
      screen.broken(line);
    }
    return missing + unseen == 0;
  }

  private Map<Long, Long> readers(List<Long> posts) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(READERS)
            .bind(0, posts.stream().mapToLong(Long::longValue).toArray())
            .reduceRows(
                new HashMap<>(),
                (map, row) -> {
                  map.put(
                      row.getColumn("id", Long.class), row.getColumn("follower_id", Long.class));
                  return map;
                }));
  }

  private static boolean isSeen(ApiClient api, String node, String token, long post)
      throws IOException, InterruptedException {
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      String from = cursor.get().isEmpty() ? "" : "&cursor=" + cursor.get();
      Reply page = api.send(Ask.of("GET", node + "/api/v1/feed?limit=" + PAGE + from, token, ""));
      if (!page.isDone()) {
        throw new IOException(node + " answers " + page.status() + ": " + page.text());
      }
      for (JsonNode item : page.json().path("items")) {
        long id = Long.parseLong(item.path("id").asString());
        if (id <= post) {
          return id == post;
        }
      }
      cursor = page.json().path("nextCursor").asStringOpt();
    }
    return false;
  }
}
