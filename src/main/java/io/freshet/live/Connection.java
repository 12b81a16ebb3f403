package io.freshet.live;

import com.google.protobuf.ByteString;
import io.freshet.live.Encoding.MalformedException;
import io.freshet.live.protocol.ClientInfo;
import io.freshet.live.protocol.Command;
import io.freshet.live.protocol.Push;
import io.freshet.live.protocol.Reply;
import io.freshet.live.protocol.Unsubscribe;
import io.freshet.platform.Jitter;
import io.freshet.platform.Unguessable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: what it said it is, what it is subscribed to, and when it is to be asked
 * whether it still lives. Commands are handled in their order, one at a time. Thread-safe.
 */
public final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final Reply PING = Reply.getDefaultInstance();

  private enum State {
    /** Has not connected. */
    NEW,
    /** Came with a token that has expired: it may only go and fetch another. */
    EXPIRED,
    CONNECTED,
    CLOSED
  }

  /** Who the client is, and by which session; known once it has connected. */
  record Identity(String user, String login, ByteString info, Optional<Instant> expiry) {
    static final Identity NOBODY = new Identity("", "", ByteString.EMPTY, Optional.empty());
  }

  private final LiveParts parts;
  private final Commands commands;
  private final Transport transport;
  private final SendQueue queue;
  private final String id = Unguessable.uuid();

  /** Knows who sends commands to an emulated connection; others see the id. */
  private final String session;

  private final long openedAt;

  /** Held while commands are handled: those of an emulated connection come by many threads. */
  private final ReentrantLock taking = new ReentrantLock();

  /** Calls to look again what the user is to hear of, not heeded yet; one is the welcome's own. */
  private final AtomicInteger calls = new AtomicInteger(1);

  private final Map<String, Subscription> subscriptions = new HashMap<>(2);
  private volatile State state = State.NEW;
  private volatile boolean isGone;
  private volatile Identity identity = Identity.NOBODY;

  /** Milliseconds of the clock. */
  private long nextPing;

  private long renewedAt;
  private volatile boolean awaitsPong;
  private volatile long closedAt;

  Connection(LiveParts parts, Commands commands, Transport transport) {
    this.parts = parts;
    this.commands = commands;
    this.transport = transport;
    this.queue = new SendQueue(transport, parts.writers(), parts.config().maxQueuedBytes());
    this.session = transport.isEmulated() ? Unguessable.uuid() : "";
    this.openedAt = parts.clock().millis();
  }

  /** The client's id, as others see it. */
  public String id() {
    return id;
  }

  /** Names an emulated connection to who sends its commands; empty for others. */
  String session() {
    return session;
  }

  /** Empty for someone without a name. */
  String user() {
    return identity.user();
  }

  Identity identity() {
    return identity;
  }

  ClientInfo info() {
    return ClientInfo.newBuilder()
        .setUser(identity.user())
        .setClient(id)
        .setConnInfo(identity.info())
        .build();
  }

  AtomicInteger calls() {
    return calls;
  }

  boolean isConnected() {
    return state == State.CONNECTED;
  }

  /** Whether its transport has ended. */
  boolean isGone() {
    return isGone;
  }

  /** Takes a frame of commands from the client; the replies leave by the transport. */
  public void receive(byte[] frame) {
    taking.lock();
    try {
      for (Command command : transport.encoding().commands(frame)) {
        if (state == State.CLOSED) {
          return;
        }
        take(command);
      }
    } catch (MalformedException e) {
      close(Disconnect.BAD_REQUEST);
    } catch (RuntimeException e) {
      LOG.error("a live command of user {} failed", user(), e);
      close(Disconnect.SERVER_ERROR);
    } finally {
      taking.unlock();
    }
  }

  private void take(Command command) {
    if (command.equals(Command.getDefaultInstance())) {
      pong();
    } else if (state == (command.hasConnect() ? State.NEW : State.CONNECTED)) {
      commands.handle(this, command);
    } else {
      close(Disconnect.BAD_REQUEST);
    }
  }

  private void pong() {
    if (awaitsPong) {
      nextPing += parts.config().ping().minus(parts.config().pong()).toMillis();
      awaitsPong = false;
    } else {
      close(Disconnect.BAD_REQUEST);
    }
  }

  void connect(Identity who) {
    identity = who;
    long ping = parts.config().ping().toMillis();
    long now = parts.clock().millis();
    // Spread, so that those who came together are not asked together ever after.
    nextPing = now + Jitter.between((int) ping / 2, (int) ping);
    renewedAt = now;
    become(State.CONNECTED);
  }

  void awaitToken() {
    become(State.EXPIRED);
  }

  /** What was closed meanwhile stays so. */
  private synchronized void become(State next) {
    if (state != State.CLOSED) {
      state = next;
    }
  }

  void refresh(Identity who) {
    identity = who;
  }

  void reply(Reply.Builder reply) {
    send(transport.encoding().encode(reply.build()));
  }

  void push(Push.Builder push) {
    reply(Reply.newBuilder().setPush(push));
  }

  void send(Outgoing message) {
    send(message.in(transport.encoding()));
  }

  private void send(byte[] message) {
    if (!queue.add(message)) {
      close(Disconnect.SLOW);
    }
  }

  Encoding encoding() {
    return transport.encoding();
  }

  boolean isEmulated() {
    return transport.isEmulated();
  }

  synchronized Optional<Subscription> subscription(String channel) {
    return Optional.ofNullable(subscriptions.get(channel));
  }

  synchronized List<Subscription> subscriptions() {
    return List.copyOf(subscriptions.values());
  }

  /** False if it is subscribed already, or gone. */
  synchronized boolean put(Subscription subscription) {
    return !isGone && subscriptions.putIfAbsent(subscription.channel.name, subscription) == null;
  }

  /** False if somebody else has taken it away. */
  synchronized boolean take(Subscription subscription) {
    return subscriptions.remove(subscription.channel.name, subscription);
  }

  /** Ends a subscription from this side; codes from 2500 on ask the client to subscribe again. */
  void unsubscribe(Subscription subscription, int code, String reason) {
    if (take(subscription)) {
      commands.subscribing().end(subscription);
      push(
          Push.newBuilder()
              .setChannel(subscription.channel.name)
              .setUnsubscribe(Unsubscribe.newBuilder().setCode(code).setReason(reason)));
    }
  }

  /** The client has missed something that it counts on: it is to recover. Returns at once. */
  void lose(Subscription subscription) {
    if (subscription.isServerSide) {
      close(Disconnect.INSUFFICIENT_STATE);
    } else {
      parts.writers().execute(() -> unsubscribe(subscription, 2500, "insufficient state"));
    }
  }

  /** Closes it from this side, once; later calls do nothing. Returns at once. */
  public void close(Disconnect disconnect) {
    synchronized (this) {
      if (state == State.CLOSED) {
        return;
      }
      state = State.CLOSED;
      closedAt = parts.clock().millis();
    }
    if (disconnect.equals(Disconnect.SLOW) || disconnect.code() == Disconnect.DROP) {
      queue.stop();
      transport.close(disconnect);
    } else {
      queue.end(disconnect);
    }
  }

  /** The transport has ended, whoever ended it. */
  public void gone() {
    state = State.CLOSED;
    isGone = true;
    queue.stop();
    for (Subscription subscription : subscriptions()) {
      if (take(subscription)) {
        commands.subscribing().end(subscription);
      }
    }
    parts.hub().remove(this);
  }

  /** Looks at the clock; called about once a second. */
  void tick(long now) {
    switch (state) {
      case NEW, EXPIRED -> {
        if (now - openedAt >= LiveConfig.STALE_AFTER.toMillis()) {
          close(Disconnect.STALE);
        }
      }
      case CONNECTED -> tickConnected(now);
      case CLOSED -> {
        if (now - closedAt >= 1_000) {
          queue.stop();
          transport.close(Disconnect.DROPPED);
        }
      }
    }
  }

  private void tickConnected(long now) {
    if (isPast(identity.expiry(), now)) {
      close(Disconnect.EXPIRED);
    } else if (awaitsPong && now >= nextPing) {
      close(Disconnect.NO_PONG);
    } else if (!awaitsPong && now >= nextPing) {
      ping(now);
    }
    if (now - renewedAt >= parts.config().ping().toMillis()) {
      renewedAt = now;
      for (Subscription subscription : subscriptions()) {
        renew(subscription, now);
      }
    }
  }

  private void ping(long now) {
    awaitsPong = true;
    nextPing = now + parts.config().pong().toMillis();
    send(transport.encoding().encode(PING));
  }

  private void renew(Subscription subscription, long now) {
    if (isPast(subscription.expiry, now)) {
      unsubscribe(subscription, 2501, "expired");
    } else {
      commands.subscribing().renewPresence(subscription);
    }
  }

  private static boolean isPast(Optional<Instant> expiry, long now) {
    return expiry.isPresent() && now >= expiry.get().plus(LiveConfig.EXPIRY_GRACE).toEpochMilli();
  }
}
