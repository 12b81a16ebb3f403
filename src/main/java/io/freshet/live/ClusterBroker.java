package io.freshet.live;

import com.google.protobuf.InvalidProtocolBufferException;
import io.freshet.live.protocol.Delivery;
import io.freshet.live.protocol.NodeMessage;
import io.freshet.live.protocol.Place;
import io.freshet.platform.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of one node among several: the table of interests says who gets a message, the wire carries it
 * there, and what concerns this node is received at once. A canary watches the wire. In the
 * background the node announces its channels again and again; when the wire or the table was lost
 * it has the receiver resume.
 */
public final class ClusterBroker implements Broker {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterBroker.class);
  private static final Duration BEAT = Duration.ofMillis(500);

  /** Channels that share a lock, so that joining and leaving one are told in order. */
  private static final int STRIPES = 64;

  private final String node;
  private final Interests interests;
  private final Wire wire;
  private final LongSupplier nanos;
  private final Canary canary;
  private final Set<String> channels = ConcurrentHashMap.newKeySet();
  private final List<ReentrantLock> stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toList();
  private final AtomicBoolean mustResume = new AtomicBoolean();
  private final AtomicBoolean mustAnnounce = new AtomicBoolean(true);
  private final Loop heart;
  private final Loop resumption;
  private volatile Receiver receiver = Receiver.NOBODY;
  private long announcedNanos;

  /**
   * Begins to connect.
   *
   * @param node letters, digits and - only; no two processes have the same
   * @param nanos counts time, from anywhere
   */
  public ClusterBroker(String node, Interests interests, Wire wire, LongSupplier nanos) {
    this.node = node;
    this.interests = interests;
    this.wire = wire;
    this.nanos = nanos;
    this.canary = new Canary(nanos.getAsLong());
    // Apart from the heart, for it may take long, and the canary shall sing meanwhile.
    resumption = Loop.start("live-resume", Canary.EVERY, this::resume);
    wire.open(node, new Heard());
    heart = Loop.start("live-node", BEAT, this::beat);
    interests.onLoss(() -> {
      mustAnnounce.set(true);
      heart.wake();
    });
  }

  @Override
  public void listen(Receiver by) {
    receiver = by;
    requestResumption(); // what was asked for before went to nobody
  }

  @Override
  public String node() {
    return node;
  }

  @Override
  public void join(String channel) {
    ReentrantLock lock = lock(channel);
    lock.lock();
    try {
      channels.add(channel);
      interests.join(node, List.of(channel));
    } catch (RuntimeException e) {
      channels.remove(channel);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void leave(String channel) {
    ReentrantLock lock = lock(channel);
    lock.lock();
    try {
      channels.remove(channel);
      interests.leave(node, List.of(channel));
    } catch (RuntimeException e) {
      LOG.debug("others will see later that nobody listens to {} here", channel, e);
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(String channel) {
    return stripes.get(Math.floorMod(channel.hashCode(), STRIPES));
  }

  @Override
  public void deliver(Delivery delivery) {
    if (delivery.getPlacesCount() == 0) {
      return;
    }
    part(delivery, channels::contains).ifPresent(this::receiveOwn);
    List<String> names = delivery.getPlacesList().stream().map(Place::getChannel).toList();
    Optional<Map<String, List<String>>> table = nodesOf(names);
    if (table.isEmpty()) {
      wire.broadcast(bytes(NodeMessage.newBuilder().setDelivery(delivery).build()));
      return;
    }
    Map<String, Set<String>> byNode = new HashMap<>();
    table
        .get()
        .forEach((channel, nodes) ->
            nodes.forEach(each -> byNode.computeIfAbsent(each, _ -> new HashSet<>()).add(channel)));
    byNode.remove(node);
    byNode.forEach((other, wanted) ->
        part(delivery, wanted::contains).ifPresent(part -> wire.send(other, bytes(part))));
  }

  private interface Choice {
    boolean wants(String channel);
  }

  private static Optional<NodeMessage> part(Delivery delivery, Choice choice) {
    List<Place> wanted =
        delivery.getPlacesList().stream()
            .filter(place -> choice.wants(place.getChannel()))
            .toList();
    return wanted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            NodeMessage.newBuilder()
                .setDelivery(delivery.toBuilder().clearPlaces().addAllPlaces(wanted))
                .build());
  }

  @Override
  public void tell(String channel, NodeMessage message) {
    if (channels.contains(channel)) {
      receiveOwn(message);
    }
    nodesOf(List.of(channel))
        .ifPresentOrElse(
            table ->
                table.getOrDefault(channel, List.of()).stream()
                    .filter(other -> !other.equals(node))
                    .forEach(other -> wire.send(other, bytes(message))),
            () -> wire.broadcast(bytes(message)));
  }

  /** Empty if it cannot be known: then all nodes are told. */
  private Optional<Map<String, List<String>>> nodesOf(List<String> names) {
    try {
      return interests.of(names);
    } catch (RuntimeException e) {
      LOG.debug("who listens is not known", e);
      return Optional.empty();
    }
  }

  @Override
  public void broadcast(NodeMessage message) {
    receiveOwn(message);
    wire.broadcast(bytes(message));
  }

  @Override
  public boolean send(String to, NodeMessage message) {
    if (to.equals(node)) {
      receiveOwn(message);
      return true;
    }
    if (!isNode(to)) {
      return false;
    }
    wire.send(to, bytes(message));
    return true;
  }

  private boolean isNode(String name) {
    try {
      return interests.knows(name);
    } catch (RuntimeException e) {
      LOG.debug("whether there is a node {} is not known", name, e);
      return true;
    }
  }

  @Override
  public Set<String> channels() {
    Set<String> all = new HashSet<>(channels);
    all.addAll(interests.channels());
    return all;
  }

  @Override
  public boolean isReady() {
    return wire.isOpen() && canary.isReady(nanos.getAsLong());
  }

  /** How many messages to other nodes were dropped, for the way there was not open. */
  public long dropped() {
    return wire.dropped();
  }

  @Override
  public void close() {
    heart.close();
    resumption.close();
    try {
      interests.withdraw(node, channels);
    } catch (RuntimeException e) {
      LOG.debug("others will see later that this node is gone", e);
    }
    wire.close();
  }

  private void receiveOwn(NodeMessage message) {
    receive(message.toBuilder().setNode(node).build());
  }

  private void receive(NodeMessage message) {
    try {
      receiver.receive(message);
    } catch (RuntimeException e) {
      LOG.warn("a message of node {} was not taken", message.getNode(), e);
    }
  }

  private byte[] bytes(NodeMessage message) {
    return message.toBuilder().setNode(node).build().toByteArray();
  }

  private boolean beat() {
    long now = nanos.getAsLong();
    if (wire.isOpen()) {
      canary
          .next(now)
          .ifPresent(number -> {
            NodeMessage.Builder message = NodeMessage.newBuilder();
            message.getCanaryBuilder().setNumber(number);
            wire.send(node, bytes(message.build()));
          });
      if (canary.isSilent(now)) {
        LOG.warn("nothing that this node sends itself comes back: it connects anew");
        canary.opened(now);
        wire.renew();
      }
    }
    boolean isLost = mustAnnounce.getAndSet(false);
    if (isLost || now - announcedNanos >= Interests.RENEWAL.toNanos()) {
      announce(now, isLost);
    }
    return false;
  }

  private void announce(long now, boolean isLost) {
    try {
      interests.announce(node, List.copyOf(channels));
      announcedNanos = now;
    } catch (RuntimeException e) {
      LOG.debug("this node's channels could not be announced", e);
      mustAnnounce.set(true);
      return;
    }
    if (isLost) {
      // Until now others may have held that nobody listens here.
      requestResumption();
    }
  }

  private void requestResumption() {
    mustResume.set(true);
    resumption.wake();
  }

  private boolean resume() {
    if (mustResume.getAndSet(false)) {
      try {
        receiver.resume();
      } catch (RuntimeException e) {
        LOG.debug("it is looked again later for what was lost", e);
        mustResume.set(true);
      }
    }
    return false;
  }

  private final class Heard implements Wire.Listener {
    @Override
    public void heard(byte[] bytes) {
      NodeMessage message;
      try {
        message = NodeMessage.parseFrom(bytes);
      } catch (InvalidProtocolBufferException e) {
        LOG.warn("a message of another node cannot be read", e);
        return;
      }
      boolean isOwn = message.getNode().equals(node);
      if (isOwn && message.hasCanary()) {
        if (canary.comesBack(message.getCanary().getNumber(), nanos.getAsLong())) {
          requestResumption();
        }
      } else if (!isOwn) {
        receive(message);
      }
    }

    @Override
    public void opened() {
      canary.opened(nanos.getAsLong());
    }
  }
}
