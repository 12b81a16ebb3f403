package io.freshet.live;

import io.freshet.live.Streams.Appended;
import io.freshet.live.Streams.History;
import io.freshet.live.protocol.ClientInfo;
import io.freshet.live.protocol.Delivery;
import io.freshet.live.protocol.HistoryRequest;
import io.freshet.live.protocol.HistoryResult;
import io.freshet.live.protocol.Place;
import io.freshet.live.protocol.Publication;
import java.util.List;
import java.util.Map;

/** What is done with channels, whoever asks; nobody's permission is looked at here. Thread-safe. */
final class Channels {
  record PresenceStats(int clients, int users) {}

  private final LiveParts parts;

  Channels(LiveParts parts) {
    this.parts = parts;
  }

  /** Publishes to whoever is subscribed, on any node, and says where the stream then stands. */
  Position publish(String name, Draft draft) {
    Namespace namespace = parts.config().namespaces().of(ChannelName.of(name));
    Publication publication = stamped(draft.publication());
    Position position = Position.NONE;
    if (namespace.hasHistory() && draft.isKept()) {
      Appended appended =
          parts.streams().append(name, publication, namespace.keeping(), draft.key());
      position = appended.position();
    }
    deliver(publication, Map.of(name, position));
    return position;
  }

  /** Publishes to those of these channels, all of one namespace, that somebody listens to. */
  void publishWhereKept(Namespace namespace, List<String> names, Draft draft) {
    Publication publication = stamped(draft.publication());
    Map<String, Position> positions =
        parts.streams().appendWhereKept(names, publication, namespace.keeping(), draft.key());
    if (!positions.isEmpty()) {
      deliver(publication, positions);
    }
  }

  private Publication stamped(Publication publication) {
    return publication.toBuilder().setTime(parts.clock().millis()).build();
  }

  private void deliver(Publication publication, Map<String, Position> positions) {
    Delivery.Builder delivery = Delivery.newBuilder().setPublication(publication);
    positions.forEach((name, position) ->
        delivery.addPlaces(
            Place.newBuilder()
                .setChannel(name)
                .setOffset(position.offset())
                .setEpoch(position.epoch())));
    parts.broker().deliver(delivery.build());
  }

  HistoryResult history(HistoryRequest request) {
    String name = request.getChannel();
    Namespace namespace = parts.config().namespaces().of(ChannelName.of(name));
    requireHistory(namespace);
    History history =
        parts
            .streams()
            .read(
                name,
                namespace.keeping(),
                request.getSince().getOffset(),
                request.getLimit(),
                request.getReverse());
    if (request.hasSince() && !request.getSince().getEpoch().equals(history.top().epoch())) {
      throw LiveError.UNRECOVERABLE_POSITION.thrown();
    }
    return HistoryResult.newBuilder()
        .addAllPublications(history.publications())
        .setEpoch(history.top().epoch())
        .setOffset(history.top().offset())
        .build();
  }

  void removeHistory(String name) {
    requireHistory(parts.config().namespaces().of(ChannelName.of(name)));
    parts.streams().remove(name);
  }

  private static void requireHistory(Namespace namespace) {
    if (!namespace.hasHistory()) {
      throw LiveError.NOT_AVAILABLE.thrown();
    }
  }

  Map<String, ClientInfo> presence(String name) {
    if (!parts.config().namespaces().of(ChannelName.of(name)).has(Option.PRESENCE)) {
      throw LiveError.NOT_AVAILABLE.thrown();
    }
    return parts.presences().of(name);
  }

  PresenceStats presenceStats(String name) {
    Map<String, ClientInfo> clients = presence(name);
    long users = clients.values().stream().map(ClientInfo::getUser).distinct().count();
    return new PresenceStats(clients.size(), (int) users);
  }
}
