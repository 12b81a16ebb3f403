package io.freshet.app;

import io.freshet.outbox.OutboxStore;
import io.freshet.platform.Ids;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import io.freshet.queue.DeadLetter;
import io.freshet.queue.DeadLetters;
import io.freshet.queue.Lane;
import io.freshet.queue.QueueAwayException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an operator can ask of the queue, whichever it is, and of the outbox before it. */
final class QueueOperations {
  private static final int LISTED = 20;
  private static final int MOST_LISTED = 10_000;

  private final QueueHost host;
  private final Runnable wakeRelay;

  QueueOperations(QueueHost host, Runnable wakeRelay) {
    this.host = host;
    this.wakeRelay = wakeRelay;
  }

  Map<String, Operation> byName() {
    return Map.of(
        "queue.stats", (arguments, progress) -> stats(),
        "queue.parked.list", (arguments, progress) -> list(arguments),
        "queue.parked.retry", (arguments, progress) -> retry(arguments),
        "queue.parked.drop", (arguments, progress) -> drop(arguments));
  }

  private JsonNode stats() {
    QueueHost.Stats stats = host.stats();
    OutboxStore.Stats outbox = stats.outbox();
    ObjectNode json =
        Json.MAPPER
            .createObjectNode()
            .put("waiting", outbox.waiting())
            .put("oldestSeconds", outbox.oldest().toMillis() / 1e3)
            .put("parked", stats.parked())
            .put("queueAway", stats.depth().isEmpty());
    stats
        .depth()
        .ifPresent(depth -> {
          ObjectNode lanes = json.put("delayed", depth.delayed()).putObject("lanes");
          for (Lane lane : Lane.values()) {
            lanes
                .putObject(name(lane))
                .put("waiting", depth.waiting(lane))
                .put("worked", depth.worked(lane));
          }
        });
    return json;
  }

  private JsonNode list(JsonNode arguments) {
    int limit = Math.clamp(arguments.path("limit").asInt(LISTED), 1, MOST_LISTED);
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("parked", sum(DeadLetters::count));
    ArrayNode letters = json.putArray("letters");
    asked(() ->
        host.deadLetters().stream()
            .flatMap(lot -> lot.list(limit).stream())
            .sorted(Comparator.comparing(DeadLetter::first))
            .limit(limit)
            .forEach(letter -> show(letter, letters.addObject())));
    return json;
  }

  private static void show(DeadLetter letter, ObjectNode json) {
    json.put("id", Long.toString(letter.id()))
        .put("topic", letter.topic())
        .put("lane", name(letter.lane()))
        .put("attempts", letter.attempts())
        .put("first", letter.first().toString());
    letter.last().ifPresent(last -> json.put("last", last.toString()));
    json.put("error", letter.error());
  }

  private JsonNode retry(JsonNode arguments) {
    OptionalLong id = id(arguments);
    int retried = found(id, sum(lot -> lot.retry(id)));
    wakeRelay.run();
    return Json.MAPPER.createObjectNode().put("retried", retried);
  }

  private JsonNode drop(JsonNode arguments) {
    OptionalLong id = id(arguments);
    if (!arguments.path("yes").asBoolean(false)) {
      throw new OperatorException(
          "What is dropped is gone, and feeds may stay wrong until they are rebuilt. Add --yes if"
              + " you mean it.");
    }
    return Json.MAPPER.createObjectNode().put("dropped", found(id, sum(lot -> lot.drop(id))));
  }

  /** None: all of them. */
  private static OptionalLong id(JsonNode arguments) {
    if (arguments.path("all").asBoolean(false)) {
      return OptionalLong.empty();
    }
    String id = arguments.path("id").asString("");
    return OptionalLong.of(
        Ids.parse(id)
            .orElseThrow(() ->
                new OperatorException(
                    "\""
                        + id
                        + "\" is no id of a dead letter; freshet queue parked list shows them.")));
  }

  private static int found(OptionalLong id, int count) {
    if (id.isPresent() && count == 0) {
      throw new OperatorException(
          "There is no dead letter " + id.getAsLong() + "; freshet queue parked list shows them.");
    }
    return count;
  }

  private int sum(ToIntFunction<DeadLetters> count) {
    int[] sum = new int[1];
    asked(() -> sum[0] = host.deadLetters().stream().mapToInt(count).sum());
    return sum[0];
  }

  private static void asked(Runnable question) {
    try {
      question.run();
    } catch (QueueAwayException e) {
      throw new OperatorException(e.getMessage() + ". Try again when it is back.", e);
    }
  }

  private static String name(Lane lane) {
    return lane.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
