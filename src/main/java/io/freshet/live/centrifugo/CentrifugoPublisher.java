package io.freshet.live.centrifugo;

import io.freshet.live.Publisher;
import io.freshet.platform.Json;
import io.freshet.platform.LiveSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Publishes to a Centrifugo, which holds the connections and does not tell who listens: everybody
 * may. It fails with {@link io.freshet.platform.UnavailableException} when another try may do
 * better, and with {@link RefusedException} when none will. Thread-safe.
 */
public final class CentrifugoPublisher implements Publisher, AutoCloseable {
  /** Channels or commands of one request: some 20 KB. */
  private static final int PIECE = 500;

  private final CentrifugoApi api;
  private final Function<String, List<String>> channelsOf;

  /**
   * @param channelsOf the channels that the server subscribes a user's connections to
   */
  public CentrifugoPublisher(
      LiveSettings.Centrifugo settings, Function<String, List<String>> channelsOf) {
    this.api = new CentrifugoApi(settings.url(), settings.apiKey());
    this.channelsOf = channelsOf;
  }

  @Override
  public void publish(String channel, byte[] json, String key) {
    api.call("publish", publication(json, key).put("channel", channel));
  }

  @Override
  public Set<String> listening(List<String> channels) {
    return new HashSet<>(channels);
  }

  /** When some channels fail, all are tried again; those that took it know the key. */
  @Override
  public void publishToListeners(List<String> channels, byte[] json, String key) {
    for (int from = 0; from < channels.size(); from += PIECE) {
      ObjectNode arguments = publication(json, key);
      ArrayNode names = arguments.putArray("channels");
      channels.subList(from, Math.min(from + PIECE, channels.size())).forEach(names::add);
      JsonNode answer = api.call("broadcast", arguments);
      answer.path("result").path("responses").forEach(CentrifugoApi::refuse);
    }
  }

  /**
   * Subscribes the users to what they gained; what they lost ends with the connection's next token.
   * The news need not be published: what follows from the caller comes after the subscription.
   */
  @Override
  public void reconsider(List<String> users, byte[] news) {
    List<ObjectNode> commands = new ArrayList<>();
    for (String user : users) {
      for (String channel : channelsOf.apply(user)) {
        ObjectNode command = Json.MAPPER.createObjectNode();
        command.putObject("subscribe").put("user", user).put("channel", channel);
        commands.add(command);
      }
    }
    for (int from = 0; from < commands.size(); from += PIECE) {
      ObjectNode batch = Json.MAPPER.createObjectNode();
      batch
          .putArray("commands")
          .addAll(commands.subList(from, Math.min(from + PIECE, commands.size())));
      api.call("batch", batch).path("replies").forEach(CentrifugoApi::refuse);
    }
  }

  private static ObjectNode publication(byte[] json, String key) {
    ObjectNode arguments = Json.MAPPER.createObjectNode();
    arguments.putRawValue("data", new RawValue(new String(json, StandardCharsets.UTF_8)));
    if (!key.isEmpty()) {
      arguments.put("idempotency_key", key);
    }
    return arguments;
  }

  @Override
  public void close() {
    api.close();
  }
}
