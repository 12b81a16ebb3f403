package io.freshet.live;

import io.freshet.live.Connection.Identity;
import io.freshet.live.LiveTokens.Check;
import io.freshet.live.LiveTokens.Claims;
import io.freshet.live.Subscribing.Joined;
import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.ConnectRequest;
import io.freshet.live.protocol.ConnectResult;
import io.freshet.live.protocol.HistoryRequest;
import io.freshet.live.protocol.PresenceResult;
import io.freshet.live.protocol.PresenceStatsResult;
import io.freshet.live.protocol.PublishRequest;
import io.freshet.live.protocol.PublishResult;
import io.freshet.live.protocol.RefreshRequest;
import io.freshet.live.protocol.RefreshResult;
import io.freshet.live.protocol.Reply;
import io.freshet.live.protocol.SubRefreshRequest;
import io.freshet.live.protocol.SubRefreshResult;
import io.freshet.live.protocol.SubscribeRequest;
import io.freshet.live.protocol.UnsubscribeRequest;
import io.freshet.live.protocol.UnsubscribeResult;
import io.freshet.platform.Outage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client may ask for; one method a command. Thread-safe. */
final class Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  private final LiveParts parts;
  private final Channels channels;
  private final Subscribing subscribing;
  private final ServerSide byServer;
  private final String version;

  Commands(LiveParts parts, Channels channels, String version) {
    this.parts = parts;
    this.channels = channels;
    this.subscribing = new Subscribing(parts);
    this.byServer = new ServerSide(parts, channels, subscribing);
    this.version = version;
  }

  Subscribing subscribing() {
    return subscribing;
  }

  ServerSide serverSide() {
    return byServer;
  }

  /** Answers the command, with an error if it is refused. */
  void handle(Connection connection, Command command) {
    Reply.Builder reply = Reply.newBuilder().setId(command.getId());
    try {
      if (command.hasConnect()) {
        connect(connection, command.getConnect(), reply);
      } else if (command.hasSubscribe()) {
        subscribe(connection, command.getSubscribe(), reply);
      } else if (answer(connection, command, reply)) {
        connection.reply(reply);
      }
    } catch (LiveException e) {
      refuse(connection, command, e.error());
    } catch (RuntimeException e) {
      if (!Outage.causes(e)) {
        throw e;
      }
      LOG.debug("a command was refused for an outage", e);
      if (command.hasConnect()) {
        connection.close(Disconnect.SERVER_ERROR);
      } else {
        refuse(connection, command, LiveError.INTERNAL);
      }
    }
  }

  private static void refuse(Connection connection, Command command, LiveError error) {
    connection.reply(Reply.newBuilder().setId(command.getId()).setError(error.toProtocol()));
  }

  /** False where nothing is to be said. */
  private boolean answer(Connection connection, Command command, Reply.Builder reply) {
    if (command.hasUnsubscribe()) {
      reply.setUnsubscribe(unsubscribe(connection, command.getUnsubscribe()));
    } else if (command.hasPublish()) {
      reply.setPublish(publish(connection, command.getPublish()));
    } else if (command.hasPresence()) {
      String channel = command.getPresence().getChannel();
      requirePresence(connection, channel);
      reply.setPresence(PresenceResult.newBuilder().putAllPresence(channels.presence(channel)));
    } else if (command.hasPresenceStats()) {
      String channel = command.getPresenceStats().getChannel();
      requirePresence(connection, channel);
      reply.setPresenceStats(stats(channels.presenceStats(channel)));
    } else if (command.hasHistory()) {
      HistoryRequest request = command.getHistory();
      requireHistory(connection, request.getChannel());
      reply.setHistory(channels.history(request));
    } else if (command.hasRefresh()) {
      return refresh(connection, command.getRefresh(), reply);
    } else if (command.hasSubRefresh()) {
      reply.setSubRefresh(subRefresh(connection, command.getSubRefresh()));
    } else if (command.hasRpc()) {
      throw LiveError.NOT_AVAILABLE.thrown();
    } else {
      connection.close(command.hasSend() ? Disconnect.NOT_AVAILABLE : Disconnect.BAD_REQUEST);
      return false;
    }
    return true;
  }

  private void connect(Connection connection, ConnectRequest request, Reply.Builder reply) {
    Map<String, Optional<SubscribeRequest>> serverSide = new LinkedHashMap<>();
    Identity identity = Identity.NOBODY;
    if (!request.getToken().isEmpty()) {
      switch (parts.tokens().check(request.getToken())) {
        case Check.Bad.EXPIRED -> {
          connection.awaitToken();
          throw LiveError.TOKEN_EXPIRED.thrown();
        }
        case Check.Bad.INVALID -> {
          connection.close(Disconnect.INVALID_TOKEN);
          return;
        }
        case Check.Good good -> {
          identity = identity(good.claims());
          good.claims().channels().keySet().forEach(name -> serverSide.put(name, Optional.empty()));
        }
      }
    } else if (!parts.config().isInsecure() && !parts.config().allowsAnonymous()) {
      connection.close(Disconnect.BAD_REQUEST);
      return;
    }
    // From here on a change of what the user may finds the connection, to be followed at the end.
    connection.connect(identity);
    if (!parts.readers().mayStay(identity.user(), identity.login())) {
      connection.close(Disconnect.INVALID_TOKEN);
      return;
    }
    parts
        .readers()
        .channels(identity.user())
        .forEach(name -> serverSide.put(name, Optional.empty()));
    serverSide.replaceAll((name, _) -> Optional.ofNullable(request.getSubsMap().get(name)));
    welcome(connection, serverSide, reply);
  }

  private void welcome(
      Connection connection,
      Map<String, Optional<SubscribeRequest>> serverSide,
      Reply.Builder reply) {
    ConnectResult.Builder result =
        ConnectResult.newBuilder()
            .setClient(connection.id())
            .setVersion(version)
            .setPing((int) parts.config().ping().toSeconds())
            .setPong(true);
    connection.identity().expiry().ifPresent(expiry -> result.setExpires(true).setTtl(ttl(expiry)));
    if (connection.isEmulated()) {
      result.setSession(connection.session()).setNode(parts.broker().node());
    }
    List<Joined> joined = new ArrayList<>();
    serverSide.forEach((name, asked) -> {
      Joined each = subscribing.byServer(connection, name, Subscribing.request(name, asked));
      joined.add(each);
      result.putSubs(name, each.result());
    });
    connection.reply(reply.setConnect(result));
    joined.forEach(subscribing::begin);
    byServer.welcomed(connection);
  }

  private void subscribe(Connection connection, SubscribeRequest request, Reply.Builder reply) {
    if (request.getChannel().isEmpty()) {
      connection.close(Disconnect.BAD_REQUEST);
      return;
    }
    Joined joined = subscribing.byClient(connection, request);
    connection.reply(reply.setSubscribe(joined.result()));
    subscribing.begin(joined);
  }

  private UnsubscribeResult unsubscribe(Connection connection, UnsubscribeRequest request) {
    connection
        .subscription(request.getChannel())
        .filter(connection::take)
        .ifPresent(subscribing::end);
    return UnsubscribeResult.getDefaultInstance();
  }

  private PublishResult publish(Connection connection, PublishRequest request) {
    String name = request.getChannel();
    Namespace namespace = parts.config().namespaces().of(ChannelName.of(name));
    parts
        .permissions()
        .requirePublish(connection.user(), namespace, isSubscriber(connection, name));
    channels.publish(name, Draft.of(request.getData()).by(connection.info()));
    return PublishResult.getDefaultInstance();
  }

  private void requirePresence(Connection connection, String name) {
    Namespace namespace = parts.config().namespaces().of(ChannelName.of(name));
    parts
        .permissions()
        .requirePresence(connection.user(), namespace, isSubscriber(connection, name));
  }

  private void requireHistory(Connection connection, String name) {
    Namespace namespace = parts.config().namespaces().of(ChannelName.of(name));
    parts
        .permissions()
        .requireHistory(connection.user(), namespace, isSubscriber(connection, name));
  }

  private static boolean isSubscriber(Connection connection, String channel) {
    return connection.subscription(channel).isPresent();
  }

  private static PresenceStatsResult stats(Channels.PresenceStats stats) {
    return PresenceStatsResult.newBuilder()
        .setNumClients(stats.clients())
        .setNumUsers(stats.users())
        .build();
  }

  private boolean refresh(Connection connection, RefreshRequest request, Reply.Builder reply) {
    switch (parts.tokens().check(request.getToken())) {
      case Check.Bad.EXPIRED -> connection.close(Disconnect.EXPIRED);
      case Check.Bad.INVALID -> connection.close(Disconnect.INVALID_TOKEN);
      case Check.Good good -> {
        if (good.claims().user().equals(connection.user())
            && parts.readers().mayStay(good.claims().user(), good.claims().login())) {
          connection.refresh(identity(good.claims()));
          reply.setRefresh(refreshed(connection));
          return true;
        }
        connection.close(Disconnect.INVALID_TOKEN);
      }
    }
    return false;
  }

  private RefreshResult refreshed(Connection connection) {
    RefreshResult.Builder result =
        RefreshResult.newBuilder().setClient(connection.id()).setVersion(version);
    connection.identity().expiry().ifPresent(expiry -> result.setExpires(true).setTtl(ttl(expiry)));
    return result.build();
  }

  private SubRefreshResult subRefresh(Connection connection, SubRefreshRequest request) {
    ChannelName channel = ChannelName.of(request.getChannel());
    Subscription subscription =
        connection.subscription(channel.text()).orElseThrow(LiveError.PERMISSION_DENIED::thrown);
    Claims claims = parts.permissions().claims(connection.user(), channel, request.getToken());
    subscription.expiry = claims.expiry();
    SubRefreshResult.Builder result = SubRefreshResult.newBuilder();
    claims.expiry().ifPresent(expiry -> result.setExpires(true).setTtl(ttl(expiry)));
    return result.build();
  }

  private static Identity identity(Claims claims) {
    return new Identity(claims.user(), claims.login(), claims.info(), claims.expiry());
  }

  private int ttl(Instant expiry) {
    return Subscribing.ttl(expiry, parts.clock().instant());
  }
}
