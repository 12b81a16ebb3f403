package io.freshet.app;

import io.freshet.mail.MailBacklog;
import io.freshet.platform.Ids;
import io.freshet.platform.Json;
import io.freshet.platform.OperatorException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an operator can ask of e-mail. */
final class MailOperations {
  private static final int LISTED = 20;
  private static final int MOST_LISTED = 10_000;

  private final MailBacklog backlog;

  MailOperations(MailBacklog backlog) {
    this.backlog = backlog;
  }

  Map<String, Operation> byName() {
    return Map.of(
        "mail.list", (arguments, progress) -> list(arguments),
        "mail.retry", (arguments, progress) -> retry(arguments));
  }

  private JsonNode list(JsonNode arguments) {
    ObjectNode json =
        Json.MAPPER
            .createObjectNode()
            .put("waiting", backlog.waiting())
            .put("oldestSeconds", Math.round(backlog.oldestSeconds()))
            .put("parked", backlog.parkedCount());
    ArrayNode mails = json.putArray("mails");
    int limit = Math.clamp(arguments.path("limit").asInt(LISTED), 1, MOST_LISTED);
    for (MailBacklog.Parked mail : backlog.parked(limit)) {
      mails
          .addObject()
          .put("id", Long.toString(mail.id()))
          .put("account", Long.toString(mail.account()))
          .put("kind", mail.kind().name().toLowerCase(Locale.ROOT))
          .put("attempts", mail.attempts())
          .put("wanted", mail.wantedAt().toString())
          .put("error", mail.error());
    }
    return json;
  }

  private JsonNode retry(JsonNode arguments) {
    String id = arguments.path("id").asString("");
    boolean isAll = arguments.path("all").asBoolean(false);
    Optional<Long> mail = isAll ? Optional.of(0L) : Ids.parse(id);
    int retried =
        backlog.retry(
            mail.orElseThrow(() ->
                new OperatorException(
                    "\"" + id + "\" is no id of a mail; freshet mail list shows them.")));
    if (!isAll && retried == 0) {
      throw new OperatorException("No mail " + id + " is parked; freshet mail list shows them.");
    }
    return Json.MAPPER.createObjectNode().put("retried", retried);
  }
}
