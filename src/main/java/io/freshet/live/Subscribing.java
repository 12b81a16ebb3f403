package io.freshet.live;

import com.google.protobuf.ByteString;
import io.freshet.live.LiveTokens.Claims;
import io.freshet.live.Streams.History;
import io.freshet.live.Subscription.Terms;
import io.freshet.live.protocol.ClientInfo;
import io.freshet.live.protocol.NodeMessage;
import io.freshet.live.protocol.Presence;
import io.freshet.live.protocol.Publication;
import io.freshet.live.protocol.SubscribeRequest;
import io.freshet.live.protocol.SubscribeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a connection comes to a channel and leaves it. First it joins: from then on the channel is
 * told of everything. Then the stream is read and the client told where it stands; only then it
 * begins to hear, from that very position. So nothing is missed, and no push comes before the
 * reply. Thread-safe.
 */
final class Subscribing {
  /** In {@code flag}: refuse with an error rather than subscribe without what was missed. */
  private static final long REJECT_UNRECOVERED = 2;

  /** The one kind of deltas that there is. */
  private static final String FOSSIL = "fossil";

  /**
   * A connection that has joined and hears nothing yet.
   *
   * @param told where the result says that the stream stands
   */
  record Joined(Subscription subscription, SubscribeResult result, Position told) {}

  private final LiveParts parts;

  Subscribing(LiveParts parts) {
    this.parts = parts;
  }

  /** At the client's wish, if it may. */
  Joined byClient(Connection connection, SubscribeRequest request) {
    ChannelName channel = ChannelName.of(request.getChannel());
    Namespace namespace = parts.config().namespaces().of(channel);
    if (connection.subscription(channel.text()).isPresent()) {
      throw LiveError.ALREADY_SUBSCRIBED.thrown();
    }
    if (connection.subscriptions().size() >= most(connection)) {
      throw LiveError.LIMIT_EXCEEDED.thrown();
    }
    Optional<Claims> claims =
        parts
            .permissions()
            .requireSubscribe(connection.user(), channel, namespace, request.getToken());
    boolean isOpen = claims.isEmpty() && !channel.isLimitedToUsers();
    if (isOpen && !parts.readers().mayHear(connection.user(), channel)) {
      throw LiveError.UNKNOWN_CHANNEL.thrown();
    }
    Terms terms =
        new Terms(
            namespace,
            false,
            isOpen,
            isPositioned(namespace, request),
            hearsJoins(namespace, request),
            request.getDelta().equals(FOSSIL) && namespace.has(Option.ALLOWED_DELTA_TYPES),
            claims.map(Claims::info).orElse(ByteString.EMPTY),
            claims.flatMap(Claims::expiry));
    return join(connection, channel, terms, request);
  }

  private static int most(Connection connection) {
    return connection.user().isEmpty()
        ? LiveConfig.MAX_ANONYMOUS_SUBSCRIPTIONS
        : LiveConfig.MAX_SUBSCRIPTIONS;
  }

  /** At the server's. */
  Joined byServer(Connection connection, String name, SubscribeRequest request) {
    ChannelName channel = ChannelName.of(name);
    Namespace namespace = parts.config().namespaces().of(channel);
    Terms terms =
        new Terms(
            namespace,
            true,
            false,
            isPositioned(namespace, request),
            hearsJoins(namespace, request),
            false,
            ByteString.EMPTY,
            Optional.empty());
    return join(connection, channel, terms, request);
  }

  private boolean isPositioned(Namespace namespace, SubscribeRequest request) {
    return namespace.isPositioned()
        || isRecoverable(namespace, request)
        || (request.getPositioned() && may(namespace, Option.ALLOW_POSITIONING));
  }

  private boolean isRecoverable(Namespace namespace, SubscribeRequest request) {
    return namespace.isRecoverable()
        || (request.getRecoverable() && may(namespace, Option.ALLOW_RECOVERY));
  }

  private boolean may(Namespace namespace, Option option) {
    return namespace.hasHistory() && (parts.config().isInsecure() || namespace.has(option));
  }

  private static boolean hearsJoins(Namespace namespace, SubscribeRequest request) {
    return namespace.has(Option.JOIN_LEAVE)
        && (namespace.has(Option.FORCE_PUSH_JOIN_LEAVE) || request.getJoinLeave());
  }

  private Joined join(
      Connection connection, ChannelName name, Terms terms, SubscribeRequest request) {
    Channel channel = parts.hub().join(name.text(), terms.namespace().keeping());
    Subscription subscription = new Subscription(connection, channel, terms);
    if (!connection.put(subscription)) {
      parts.hub().leave(channel);
      throw LiveError.ALREADY_SUBSCRIBED.thrown();
    }
    try {
      SubscribeResult.Builder result = SubscribeResult.newBuilder();
      terms
          .expiry()
          .ifPresent(
              expiry -> result.setExpires(true).setTtl(ttl(expiry, parts.clock().instant())));
      Position told = Position.NONE;
      if (terms.namespace().hasHistory()) {
        told = locate(terms, request, result);
      }
      if (terms.wantsDeltas()) {
        Deltas.recover(subscription, result);
      }
      return new Joined(subscription, result.build(), told);
    } catch (RuntimeException e) {
      connection.take(subscription);
      parts.hub().leave(channel);
      throw e;
    }
  }

  /** Says where the stream stands and, to who asks for it, what was missed: all of it or none. */
  private Position locate(Terms terms, SubscribeRequest request, SubscribeResult.Builder result) {
    Namespace namespace = terms.namespace();
    boolean recovers = request.getRecover() && isRecoverable(namespace, request);
    History history = history(namespace, request, recovers);
    Position top = history.top();
    boolean isRecovered = recovers && (namespace.recoversNewestOnly() || isWhole(history, request));
    if (recovers && !isRecovered && (request.getFlag() & REJECT_UNRECOVERED) != 0) {
      throw LiveError.UNRECOVERABLE_POSITION.thrown();
    }
    if (isRecovered) {
      result.addAllPublications(history.publications());
    }
    if (terms.isPositioned()) {
      result
          .setPositioned(true)
          .setRecoverable(isRecoverable(namespace, request))
          .setEpoch(top.epoch())
          .setOffset(isRecovered ? firstTold(history, request) : top.offset());
    }
    result.setWasRecovering(recovers).setRecovered(isRecovered);
    return top;
  }

  private History history(Namespace namespace, SubscribeRequest request, boolean recovers) {
    String channel = request.getChannel();
    if (recovers && namespace.recoversNewestOnly()) {
      return parts.streams().read(channel, namespace.keeping(), 0, 1, true);
    }
    int limit = recovers ? LiveConfig.MAX_RECOVERED + 1 : 0;
    return parts.streams().read(channel, namespace.keeping(), request.getOffset(), limit, false);
  }

  /** The client counts on from here as it takes the publications that follow. */
  private static long firstTold(History history, SubscribeRequest request) {
    return history.publications().isEmpty() ? history.top().offset() : request.getOffset();
  }

  private static boolean isWhole(History history, SubscribeRequest request) {
    long expected = request.getOffset() + 1;
    for (Publication publication : history.publications()) {
      if (publication.getOffset() != expected) {
        return false;
      }
      expected++;
    }
    return isOfEpoch(request, history.top())
        && expected == history.top().offset() + 1
        && history.publications().size() <= LiveConfig.MAX_RECOVERED;
  }

  /** Who has seen nothing at all may ask for everything without knowing the epoch. */
  private static boolean isOfEpoch(SubscribeRequest request, Position top) {
    return request.getEpoch().equals(top.epoch())
        || (request.getEpoch().isEmpty() && request.getOffset() == 0);
  }

  /** The client has been told: from now on it hears. */
  void begin(Joined joined) {
    Subscription subscription = joined.subscription();
    subscription.channel.add(subscription, joined.told());
    Namespace namespace = subscription.namespace;
    if (namespace.has(Option.PRESENCE)) {
      parts.presences().add(subscription.channel.name, subscription.clientInfo());
    }
    if (namespace.has(Option.JOIN_LEAVE)) {
      tell(subscription, true);
    }
    if (subscription.connection.isGone()) {
      // It went while it was being added, and whoever removed it may have been too early.
      subscription.channel.remove(subscription);
      if (namespace.has(Option.PRESENCE)) {
        parts.presences().remove(subscription.channel.name, subscription.connection.id());
      }
    }
  }

  /** The connection is no subscriber any more; whoever took it out of the connection calls this. */
  void end(Subscription subscription) {
    subscription.channel.remove(subscription);
    parts.hub().leave(subscription.channel);
    Namespace namespace = subscription.namespace;
    if (namespace.has(Option.PRESENCE)) {
      parts.presences().remove(subscription.channel.name, subscription.connection.id());
    }
    if (namespace.has(Option.JOIN_LEAVE)) {
      tell(subscription, false);
    }
  }

  /** Its node lives: others shall go on seeing it. */
  void renewPresence(Subscription subscription) {
    if (subscription.namespace.has(Option.PRESENCE)) {
      parts.presences().add(subscription.channel.name, subscription.clientInfo());
    }
  }

  private void tell(Subscription subscription, boolean isJoin) {
    ClientInfo info = subscription.clientInfo();
    Presence who =
        Presence.newBuilder().setChannel(subscription.channel.name).setInfo(info).build();
    NodeMessage.Builder message = NodeMessage.newBuilder().setNode(parts.broker().node());
    parts
        .broker()
        .tell(
            subscription.channel.name,
            (isJoin ? message.setJoin(who) : message.setLeave(who)).build());
  }

  /** Seconds left, rounded up, at least 1: a client counts 0 as never. */
  static int ttl(Instant expiry, Instant now) {
    return (int) Math.max(1, Math.ceilDiv(Duration.between(now, expiry).toMillis(), 1_000));
  }

  /** The subscriptions that a list of requests asks for, with nothing said of most of them. */
  static SubscribeRequest request(String channel, Optional<SubscribeRequest> asked) {
    return asked.orElse(SubscribeRequest.getDefaultInstance()).toBuilder()
        .setChannel(channel)
        .build();
  }
}
