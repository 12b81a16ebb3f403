package io.freshet.live;

import io.freshet.live.protocol.DisconnectUser;
import io.freshet.live.protocol.Emulation;
import io.freshet.live.protocol.Join;
import io.freshet.live.protocol.Leave;
import io.freshet.live.protocol.NodeMessage;
import io.freshet.live.protocol.Push;
import io.freshet.live.protocol.Reconsider;
import io.freshet.live.protocol.Refresh;
import io.freshet.live.protocol.RefreshUser;
import io.freshet.live.protocol.SubscribeUser;
import io.freshet.live.protocol.UnsubscribeUser;
import io.freshet.live.protocol.Whose;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Takes what the broker brings to this node, and does it to the connections here. Thread-safe. */
final class Reception implements Broker.Receiver {
  private final LiveParts parts;
  private final Commands commands;

  Reception(LiveParts parts, Commands commands) {
    this.parts = parts;
    this.commands = commands;
  }

  @Override
  public void receive(NodeMessage message) {
    switch (message.getToldCase()) {
      case DELIVERY -> parts.hub().deliver(message.getDelivery());
      case JOIN ->
          tell(
              message.getJoin().getChannel(),
              Push.newBuilder().setJoin(Join.newBuilder().setInfo(message.getJoin().getInfo())));
      case LEAVE ->
          tell(
              message.getLeave().getChannel(),
              Push.newBuilder().setLeave(Leave.newBuilder().setInfo(message.getLeave().getInfo())));
      case EMULATION -> emulate(message.getEmulation());
      case DISCONNECT -> disconnect(message.getDisconnect());
      case UNSUBSCRIBE -> unsubscribe(message.getUnsubscribe());
      case SUBSCRIBE -> subscribe(message.getSubscribe());
      case REFRESH -> refresh(message.getRefresh());
      case RECONSIDER -> reconsider(message.getReconsider());
      case CANARY, TOLD_NOT_SET -> {}
    }
  }

  @Override
  public void resume() {
    parts.hub().look();
  }

  /** The users connected here. */
  Set<String> users() {
    Set<String> users = new HashSet<>();
    for (Connection connection : parts.hub().connections()) {
      if (connection.isConnected() && !connection.user().isEmpty()) {
        users.add(connection.user());
      }
    }
    return users;
  }

  private void tell(String channel, Push.Builder push) {
    parts.hub().channel(channel).ifPresent(here -> here.tellOf(push));
  }

  private void emulate(Emulation emulation) {
    parts
        .hub()
        .session(emulation.getSession())
        .ifPresent(connection -> connection.receive(emulation.getCommands().toByteArray()));
  }

  private void disconnect(DisconnectUser asked) {
    Disconnect disconnect = new Disconnect(asked.getCode(), asked.getReason());
    each(
        asked.getWhose(),
        connection -> {
          if (!asked.getSparedClientsList().contains(connection.id())) {
            connection.close(disconnect);
          }
        });
  }

  private void unsubscribe(UnsubscribeUser asked) {
    each(
        asked.getWhose(),
        connection ->
            connection
                .subscription(asked.getChannel())
                .ifPresent(subscription ->
                    connection.unsubscribe(subscription, asked.getCode(), asked.getReason())));
  }

  private void subscribe(SubscribeUser asked) {
    each(
        asked.getWhose(),
        connection -> {
          if (connection.subscription(asked.getChannel()).isEmpty()) {
            boolean _ = commands.serverSide().subscribe(connection, asked.getChannel());
          }
        });
  }

  private void refresh(RefreshUser asked) {
    Optional<Instant> expiry =
        asked.getExpireAt() == 0
            ? Optional.empty()
            : Optional.of(Instant.ofEpochSecond(asked.getExpireAt()));
    long ttl = expiry.map(at -> at.getEpochSecond() - parts.clock().millis() / 1_000).orElse(0L);
    each(
        asked.getWhose(),
        connection -> {
          connection.refresh(
              new Connection.Identity(
                  connection.user(),
                  connection.identity().login(),
                  connection.identity().info(),
                  expiry));
          connection.push(
              Push.newBuilder()
                  .setRefresh(
                      Refresh.newBuilder()
                          .setExpires(expiry.isPresent())
                          .setTtl((int) Math.max(0, ttl))));
        });
  }

  private void reconsider(Reconsider asked) {
    Set<String> users = Set.copyOf(asked.getUsersList());
    for (Connection connection : parts.hub().connections()) {
      if (connection.isConnected() && users.contains(connection.user())) {
        commands.serverSide().reconsider(connection, asked.getNews());
      }
    }
  }

  private void each(Whose whose, Consumer<Connection> action) {
    for (Connection connection : parts.hub().connections()) {
      if (connection.isConnected()
          && connection.user().equals(whose.getUser())
          && isOrEmpty(whose.getClient(), connection.id())
          && isOrEmpty(whose.getSession(), connection.session())) {
        action.accept(connection);
      }
    }
  }

  private static boolean isOrEmpty(String wanted, String actual) {
    return wanted.isEmpty() || wanted.equals(actual);
  }
}
