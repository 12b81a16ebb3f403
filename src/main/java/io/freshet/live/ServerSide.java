package io.freshet.live;

import com.google.protobuf.ByteString;
import io.freshet.live.Subscribing.Joined;
import io.freshet.live.protocol.Push;
import io.freshet.live.protocol.Subscribe;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Subscriptions that the server begins and ends after a client has been welcomed. What a user's
 * connections are to hear of may change at any moment, also while one is being welcomed or follows
 * an earlier change: one thread at a time follows for a connection, and looks again for as long as
 * others ask for it. Thread-safe.
 */
final class ServerSide {
  private final LiveParts parts;
  private final Channels channels;
  private final Subscribing subscribing;

  ServerSide(LiveParts parts, Channels channels, Subscribing subscribing) {
    this.parts = parts;
    this.channels = channels;
    this.subscribing = subscribing;
  }

  /**
   * Subscribes the connection, and tells the client; false if somebody else has done so, or the
   * connection has ended.
   */
  boolean subscribe(Connection connection, String channel) {
    Joined joined;
    try {
      joined =
          subscribing.byServer(connection, channel, Subscribing.request(channel, Optional.empty()));
    } catch (LiveException e) {
      if (e.error() == LiveError.ALREADY_SUBSCRIBED) {
        return false;
      }
      throw e;
    }
    connection.push(
        Push.newBuilder()
            .setChannel(channel)
            .setSubscribe(
                Subscribe.newBuilder()
                    .setRecoverable(joined.result().getRecoverable())
                    .setPositioned(joined.result().getPositioned())
                    .setEpoch(joined.result().getEpoch())
                    .setOffset(joined.result().getOffset())));
    subscribing.begin(joined);
    return true;
  }

  /** The client has been welcomed: follows what was asked for meanwhile. */
  void welcomed(Connection connection) {
    follow(connection, 1, ByteString.EMPTY);
  }

  /**
   * What the user is to hear of may have changed: the connection follows.
   *
   * @param news published on the first of the user's channels if the connection has gained one;
   *     empty for none
   */
  void reconsider(Connection connection, ByteString news) {
    if (connection.calls().getAndIncrement() == 0) {
      follow(connection, 0, news);
    }
  }

  /**
   * @param heeded calls for reconsideration that need no look
   */
  private void follow(Connection connection, int heeded, ByteString news) {
    AtomicInteger calls = connection.calls();
    int seen = heeded;
    try {
      while (!calls.compareAndSet(seen, 0)) {
        seen = calls.get();
        follow(connection, news);
      }
    } catch (RuntimeException e) {
      // The next call, or the next look, makes good what was left.
      calls.set(0);
      throw e;
    }
  }

  private void follow(Connection connection, ByteString news) {
    if (!connection.isConnected()) {
      return;
    }
    if (!parts.readers().mayStay(connection.user(), connection.identity().login())) {
      connection.close(Disconnect.INVALID_TOKEN);
      return;
    }
    leaveClosedOnes(connection);
    List<String> wanted = parts.readers().channels(connection.user());
    if (follow(connection, wanted) && !news.isEmpty()) {
      channels.publish(wanted.getFirst(), Draft.of(news));
    }
  }

  /** What the client has subscribed to may be closed to it by now. */
  private void leaveClosedOnes(Connection connection) {
    for (Subscription subscription : connection.subscriptions()) {
      if (subscription.isOpen
          && !parts
              .readers()
              .mayHear(connection.user(), ChannelName.of(subscription.channel.name))) {
        connection.unsubscribe(subscription, 2000, "server unsubscribe");
      }
    }
  }

  /**
   * Only channels of authors come and go: what a token or the API gave stays. True if there is one
   * more than before.
   */
  private boolean follow(Connection connection, List<String> wanted) {
    boolean hasGained = false;
    for (Subscription subscription : connection.subscriptions()) {
      String channel = subscription.channel.name;
      if (subscription.isServerSide
          && subscription.namespace.name().equals(Namespaces.AUTHOR)
          && !wanted.contains(channel)) {
        connection.unsubscribe(subscription, 2000, "server unsubscribe");
      }
    }
    for (String channel : wanted) {
      if (connection.subscription(channel).isEmpty()) {
        hasGained |= subscribe(connection, channel);
      }
    }
    return hasGained;
  }
}
