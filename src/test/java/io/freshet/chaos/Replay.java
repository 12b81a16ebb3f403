package io.freshet.chaos;

import io.freshet.graph.FollowChanged;
import io.freshet.outbox.Event;
import io.freshet.platform.Database;
import io.freshet.post.CountsChanged;
import io.freshet.post.PostDeleted;
import io.freshet.post.PostPublished;
import io.freshet.testkit.Cluster;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Puts events of the past into the outbox once more, as a relay that is not sure would. */
final class Replay {
  private final Cluster cluster;

  Replay(Cluster cluster) {
    this.cluster = cluster;
  }

  /** So many of each kind, the newest. */
  void run(int count) {
    try (Database database = cluster.database()) {
      database.jdbi().useTransaction(handle -> append(handle, events(handle, count)));
    }
  }

  private static List<Event> events(Handle handle, int count) {
    List<Event> events = new ArrayList<>();
    handle
        .createQuery("SELECT id, author_id, deleted_at IS NULL FROM post ORDER BY id DESC LIMIT ?")
        .bind(0, count)
        .map((row, context) ->
            row.getBoolean(3)
                ? Event.of(PostPublished.TOPIC, new PostPublished(row.getLong(1), row.getLong(2)))
                : Event.of(PostDeleted.TOPIC, new PostDeleted(row.getLong(1), row.getLong(2))))
        .forEach(events::add);
    handle
        .createQuery("SELECT post_id FROM post_count ORDER BY post_id DESC LIMIT ?")
        .bind(0, count)
        .map((row, context) -> Event.of(CountsChanged.TOPIC, new CountsChanged(row.getLong(1))))
        .forEach(events::add);
    handle
        .createQuery("SELECT follower_id, followee_id FROM follow LIMIT ?")
        .bind(0, count)
        .map((row, context) ->
            Event.of(FollowChanged.TOPIC, new FollowChanged(row.getLong(1), row.getLong(2))))
        .forEach(events::add);
    return events;
  }

  /** Under ids that no node takes: they are negative. */
  private static void append(Handle handle, List<Event> events) {
    long id =
        handle
            .createQuery("SELECT least(min(id), 0) FROM outbox")
            .mapTo(Long.class)
            .findOne()
            .orElse(0L);
    for (Event event : events) {
      id--;
      handle.execute(
          "INSERT INTO outbox (id, topic, body, created_at) VALUES (?, ?, ?, now())",
          id,
          event.topic(),
          event.body());
    }
  }
}
