package io.freshet.live;

import com.google.protobuf.ByteString;
import io.freshet.live.protocol.ClientInfo;
import io.freshet.live.protocol.DisconnectUser;
import io.freshet.live.protocol.Emulation;
import io.freshet.live.protocol.HistoryRequest;
import io.freshet.live.protocol.HistoryResult;
import io.freshet.live.protocol.NodeMessage;
import io.freshet.live.protocol.Reconsider;
import io.freshet.live.protocol.RefreshUser;
import io.freshet.live.protocol.SubscribeUser;
import io.freshet.live.protocol.UnsubscribeUser;
import io.freshet.live.protocol.Whose;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Open connections and what is published to them: the module's face. What concerns a user's
 * connections reaches them on whatever node they are. Thread-safe.
 */
public final class Live implements Publisher {
  private final LiveParts parts;
  private final Channels channels;
  private final Commands commands;
  private final Reception reception;
  private volatile boolean isClosing;

  /** What all nodes share. */
  public record Stores(Streams streams, Presences presences, Broker broker) {}

  /**
   * @param writers runs the thread that writes to one client while there is something to write
   * @param version told to every client
   */
  public Live(
      LiveConfig config,
      Stores stores,
      LiveTokens tokens,
      Readers readers,
      InstantSource clock,
      Executor writers,
      String version) {
    this.parts =
        new LiveParts(
            config,
            new Hub(stores.streams(), stores.broker()),
            stores.streams(),
            stores.presences(),
            stores.broker(),
            tokens,
            new Permissions(config.isInsecure(), tokens),
            readers,
            clock,
            writers);
    this.channels = new Channels(parts);
    this.commands = new Commands(parts, channels, version);
    this.reception = new Reception(parts, commands);
    stores.broker().listen(reception);
  }

  /** Begins a connection; the first command it takes is connect. */
  public Connection open(Transport transport) {
    Connection connection = new Connection(parts, commands, transport);
    parts.hub().add(connection);
    if (isClosing) {
      connection.close(Disconnect.SHUTDOWN);
    }
    return connection;
  }

  /**
   * Hands commands to an emulated connection, wherever it is held.
   *
   * @param node that holds it, as its connect reply named it
   * @return false if there is no such node; a session that has ended is passed over
   */
  public boolean emulate(String node, String session, byte[] frame) {
    NodeMessage message =
        told()
            .setEmulation(
                Emulation.newBuilder().setSession(session).setCommands(ByteString.copyFrom(frame)))
            .build();
    return parts.broker().send(node, message);
  }

  /** Publishes to one channel, and says where its stream then stands. */
  public Position publish(String channel, Draft draft) {
    return channels.publish(channel, draft);
  }

  @Override
  public void publish(String channel, byte[] json, String key) {
    publish(channel, Draft.of(ByteString.copyFrom(json)).withKey(key));
  }

  @Override
  public Set<String> listening(List<String> names) {
    return parts.streams().kept(names);
  }

  @Override
  public void publishToListeners(List<String> names, byte[] json, String key) {
    if (!names.isEmpty()) {
      Namespace namespace = parts.config().namespaces().of(ChannelName.of(names.getFirst()));
      channels.publishWhereKept(namespace, names, Draft.of(ByteString.copyFrom(json)).withKey(key));
    }
  }

  public HistoryResult history(HistoryRequest request) {
    return channels.history(request);
  }

  public void removeHistory(String channel) {
    channels.removeHistory(channel);
  }

  public Map<String, ClientInfo> presence(String channel) {
    return channels.presence(channel);
  }

  /** Closes a user's connections, but for the clients that are spared. */
  public void disconnect(Whose whose, Disconnect disconnect, List<String> spared) {
    parts
        .broker()
        .broadcast(
            told()
                .setDisconnect(
                    DisconnectUser.newBuilder()
                        .setWhose(whose)
                        .setCode(disconnect.code())
                        .setReason(disconnect.reason())
                        .addAllSparedClients(spared))
                .build());
  }

  /** Ends a user's subscriptions to a channel, and tells the clients. */
  public void unsubscribe(Whose whose, String channel) {
    parts
        .broker()
        .broadcast(
            told()
                .setUnsubscribe(
                    UnsubscribeUser.newBuilder()
                        .setWhose(whose)
                        .setChannel(channel)
                        .setCode(2000)
                        .setReason("server unsubscribe"))
                .build());
  }

  /** Subscribes a user's connections to a channel, and tells the clients. */
  public void subscribe(Whose whose, String channel) {
    parts.config().namespaces().of(ChannelName.of(channel));
    parts
        .broker()
        .broadcast(
            told()
                .setSubscribe(SubscribeUser.newBuilder().setWhose(whose).setChannel(channel))
                .build());
  }

  @Override
  public void reconsider(List<String> users, byte[] news) {
    parts
        .broker()
        .broadcast(
            told()
                .setReconsider(
                    Reconsider.newBuilder().addAllUsers(users).setNews(ByteString.copyFrom(news)))
                .build());
  }

  /**
   * Sets how long a user's connections last from now on, and tells the clients.
   *
   * @param expireAt seconds of Unix time; 0 for as long as they like
   */
  public void refresh(Whose whose, long expireAt) {
    parts
        .broker()
        .broadcast(
            told()
                .setRefresh(RefreshUser.newBuilder().setWhose(whose).setExpireAt(expireAt))
                .build());
  }

  /** Channels with subscribers, on all nodes. */
  public Set<String> channels() {
    return parts.broker().channels();
  }

  /** Connections held by this node, whether they have said who they are or not. */
  public int connections() {
    return parts.hub().connections().size();
  }

  /** Whether what this node sends itself over the broker comes back. */
  public boolean isReady() {
    return parts.broker().isReady();
  }

  /** The users connected to this node. */
  public Set<String> users() {
    return reception.users();
  }

  public String node() {
    return parts.broker().node();
  }

  /** Looks at the clock for every connection: pings, expiries, the stale; about once a second. */
  public void tick() {
    long now = parts.clock().millis();
    parts.hub().connections().forEach(connection -> connection.tick(now));
  }

  /**
   * Asks where every stream stands that is listened to here, and what every user is to hear of, so
   * that nothing lost on the way stays unnoticed; every half a minute or so.
   */
  public void look() {
    parts.hub().look();
    // By user, so that what was read for one connection is at hand for the user's others.
    parts.hub().connections().stream()
        .filter(Connection::isConnected)
        .sorted(Comparator.comparing(Connection::user))
        .forEach(connection -> commands.serverSide().reconsider(connection, ByteString.EMPTY));
  }

  /**
   * Sends the clients away in small groups, so that they do not all come back in one moment, and
   * takes none any more.
   *
   * @param pause between two groups
   */
  public void drain(int groups, Runnable pause) {
    isClosing = true;
    List<Connection> open = List.copyOf(parts.hub().connections());
    int size = Math.max(1, Math.ceilDiv(open.size(), groups));
    for (int i = 0; i < open.size(); i++) {
      if (i > 0 && i % size == 0) {
        pause.run();
      }
      open.get(i).close(Disconnect.SHUTDOWN);
    }
  }

  private NodeMessage.Builder told() {
    return NodeMessage.newBuilder().setNode(parts.broker().node());
  }
}
