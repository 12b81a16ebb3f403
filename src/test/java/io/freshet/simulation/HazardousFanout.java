package io.freshet.simulation;

import io.freshet.fanout.Fanout;
import io.freshet.fanout.FanoutConfig;
import io.freshet.fanout.FanoutParts;
import io.freshet.feed.FeedEvents;
import io.freshet.graph.FollowChanged;
import io.freshet.graph.PullChanged;
import io.freshet.graph.SightChanged;
import io.freshet.live.Publisher;
import io.freshet.platform.Json;
import io.freshet.queue.Task;
import io.freshet.queue.TaskHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The real fan-out, with those bugs that its telling of readers can have. */
record HazardousFanout(FanoutParts parts, FanoutConfig config, Hazards hazards) {

  Map<String, TaskHandler> handlers() {
    Map<String, TaskHandler> handlers = new HashMap<>(new Fanout(parts, config).handlers());
    Map<String, TaskHandler> silent = new Fanout(silent(), config).handlers();
    TaskHandler follows = silent.getOrDefault(FollowChanged.TOPIC, body -> List.of());
    if (hazards.on(Hazard.EDGE_WITHOUT_RESET)) {
      handlers.put(FollowChanged.TOPIC, follows);
      handlers.computeIfPresent(SightChanged.TOPIC, (topic, _) -> silent.get(topic));
    }
    if (hazards.on(Hazard.EVENT_BEFORE_CHANGE)) {
      handlers.put(
          FollowChanged.TOPIC,
          body -> {
            long follower = Json.read(body, FollowChanged.class).follower();
            parts.events().reset(new long[] {follower});
            return follows.handle(body);
          });
    }
    if (hazards.on(Hazard.FLIP_WITHOUT_RESET)) {
      handlers.computeIfPresent(PullChanged.TOPIC, (_, handler) -> withoutReset(handler));
    }
    return handlers;
  }

  private static TaskHandler withoutReset(TaskHandler handler) {
    return body -> handler.handle(body).stream().filter(task -> !isReset(task)).toList();
  }

  private static boolean isReset(Task task) {
    return Json.read(task.body(), ObjectNode.class).path("kind").asString().equals("RESET");
  }

  private FanoutParts silent() {
    return new FanoutParts(
        parts.graph(),
        parts.viewers(),
        parts.celebrities(),
        parts.posts(),
        parts.postStore(),
        parts.authorFeeds(),
        parts.feeds(),
        new FeedEvents(Publisher.toNobody(), parts.graph(), parts.postStore(), parts.clock()),
        parts.invalidations(),
        parts.clock());
  }
}
