package io.freshet.live;

import io.freshet.live.protocol.Delivery;
import io.freshet.live.protocol.Place;
import io.freshet.live.protocol.Publication;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of this node and the channels that they listen to. Thread-safe. */
final class Hub {
  /** Positions asked for at once: an answer of some 100 KB. */
  private static final int LOOK = 1_000;

  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Map<String, Connection> sessions = new ConcurrentHashMap<>();
  private final Map<String, Channel> channels = new ConcurrentHashMap<>();
  private final Streams streams;
  private final Broker broker;

  Hub(Streams streams, Broker broker) {
    this.streams = streams;
    this.broker = broker;
  }

  void add(Connection connection) {
    connections.add(connection);
    if (connection.isEmulated()) {
      sessions.put(connection.session(), connection);
    }
  }

  void remove(Connection connection) {
    connections.remove(connection);
    sessions.remove(connection.session());
  }

  Collection<Connection> connections() {
    return connections;
  }

  /** The emulated connection of this session. */
  Optional<Connection> session(String session) {
    return Optional.ofNullable(sessions.get(session));
  }

  /** The channel, which from now on is told of everything that is published on it. */
  Channel join(String name, Keeping keeping) {
    while (true) {
      Channel channel = channels.computeIfAbsent(name, each -> new Channel(each, keeping, streams));
      if (channel.use(() -> broker.join(name))) {
        return channel;
      }
      channels.remove(name, channel);
    }
  }

  void leave(Channel channel) {
    channel.release(() -> {
      channels.remove(channel.name, channel);
      broker.leave(channel.name);
    });
  }

  Optional<Channel> channel(String name) {
    return Optional.ofNullable(channels.get(name));
  }

  void deliver(Delivery delivery) {
    for (Place place : delivery.getPlacesList()) {
      Channel channel = channels.get(place.getChannel());
      if (channel != null) {
        Publication placed =
            delivery.getPublication().toBuilder().setOffset(place.getOffset()).build();
        channel.deliver(placed, new Position(place.getOffset(), place.getEpoch()));
      }
    }
  }

  /** Asks where every stream stands, keeps those streams from ageing, and tells what was missed. */
  void look() {
    Map<Keeping, List<String>> kept = new HashMap<>();
    for (Channel channel : channels.values()) {
      if (channel.keeping.size() > 0) {
        kept.computeIfAbsent(channel.keeping, each -> new ArrayList<>()).add(channel.name);
      }
    }
    kept.forEach((keeping, names) -> {
      for (int from = 0; from < names.size(); from += LOOK) {
        look(names.subList(from, Math.min(from + LOOK, names.size())), keeping);
      }
    });
  }

  private void look(List<String> names, Keeping keeping) {
    streams
        .touch(names, keeping)
        .forEach((name, top) -> channel(name).ifPresent(channel -> channel.catchUp(top)));
  }
}
