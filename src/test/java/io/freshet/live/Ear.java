package io.freshet.live;

import io.freshet.live.protocol.Delivery;
import io.freshet.live.protocol.NodeMessage;
import io.freshet.live.protocol.Place;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what a node receives. */
public final class Ear implements Broker.Receiver {
  private final List<NodeMessage> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger resumptions = new AtomicInteger();

  /** A publication at the second place of these channels. */
  public static Delivery delivery(String... channels) {
    Delivery.Builder delivery = Delivery.newBuilder();
    for (String channel : channels) {
      delivery.addPlaces(Place.newBuilder().setChannel(channel).setOffset(2).setEpoch("e"));
    }
    return delivery.build();
  }

  public static NodeMessage canary(long number) {
    NodeMessage.Builder message = NodeMessage.newBuilder();
    message.getCanaryBuilder().setNumber(number);
    return message.build();
  }

  @Override
  public void receive(NodeMessage message) {
    heard.add(message);
  }

  @Override
  public void resume() {
    resumptions.incrementAndGet();
  }

  public int resumptions() {
    return resumptions.get();
  }

  public List<NodeMessage> heard() {
    return heard;
  }

  /** The channels of each delivery that came. */
  public List<List<String>> deliveries() {
    return heard.stream()
        .filter(NodeMessage::hasDelivery)
        .map(message ->
            message.getDelivery().getPlacesList().stream().map(Place::getChannel).toList())
        .toList();
  }

  /** The numbers of the canaries that came; they stand for any message. */
  public List<Long> numbers() {
    return heard.stream()
        .filter(NodeMessage::hasCanary)
        .map(message -> message.getCanary().getNumber())
        .toList();
  }

  public void forget() {
    heard.clear();
  }
}
