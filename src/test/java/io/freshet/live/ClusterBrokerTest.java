package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.live.FakeWire.Sent;
import io.freshet.live.protocol.NodeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterBrokerTest extends BrokerContract {
  private final AtomicLong nanos = new AtomicLong();
  private final FakeInterests interests = new FakeInterests();
  private final FakeWire wire = new FakeWire();
  private final ClusterBroker broker = new ClusterBroker("n1", interests, wire, nanos::get);

  @BeforeEach
  void listen() {
    broker.listen(ear);
    interests.join("n2", List.of());
    interests.join("n3", List.of());
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Override
  protected Broker broker() {
    return broker;
  }

  @Test
  void sendsToEachInterestedNodeOnceTheChannelsItListensTo() {
    interests.join("n2", List.of("a", "b"));
    interests.join("n3", List.of("b"));
    broker.join("b");
    broker.deliver(Ear.delivery("a", "b", "c"));
    assertThat(channelsByNode()).isEqualTo(Map.of("n2", List.of("a", "b"), "n3", List.of("b")));
    assertThat(ear.deliveries()).containsExactly(List.of("b"));
    assertThat(wire.sent).allMatch(sent -> sent.message().getNode().equals("n1"));
  }

  @Test
  void sendsNothingWhereNobodyListens() {
    broker.join("b");
    broker.deliver(Ear.delivery("a", "b"));
    broker.tell("a", leave());
    broker.deliver(Ear.delivery());
    assertThat(wire.sent).isEmpty();
  }

  @Test
  void sendsToAllWhenTheTableCannotBeKnown() {
    interests.isSettled = false;
    broker.deliver(Ear.delivery("a"));
    interests.isAway = true;
    broker.deliver(Ear.delivery("b"));
    broker.tell("c", leave());
    assertThat(wire.sent).extracting(Sent::to).containsExactly("*", "*", "*");
    assertThat(channelsByNode().get("*")).containsExactly("a", "b");
  }

  @Test
  void tellsInterestedNodes() {
    interests.join("n2", List.of("a"));
    broker.join("a");
    broker.tell("a", leave());
    assertThat(wire.sent).extracting(Sent::to).containsExactly("n2");
    assertThat(ear.heard()).hasSize(1);
  }

  @Test
  void sendsToANodeThatThereIs() {
    assertThat(broker.send("n2", leave())).isTrue();
    assertThat(broker.send("n9", leave())).isFalse();
    interests.isAway = true;
    assertThat(broker.send("n9", leave())).as("nobody knows").isTrue();
    assertThat(wire.sent).extracting(Sent::to).containsExactly("n2", "n9");
  }

  @Test
  void hearsAllOthersAndItselfOnlyOnce() {
    broker.broadcast(leave());
    assertThat(ear.heard()).hasSize(1);
    wire.hears(wire.sent.getFirst().message().toByteArray());
    assertThat(ear.heard()).hasSize(1);
    wire.hears(leave().toBuilder().setNode("n2").build().toByteArray());
    assertThat(ear.heard()).hasSize(2);
    wire.hears(new byte[] {1, 2, 3});
    assertThat(ear.heard()).hasSize(2);
  }

  @Test
  void doesNotListenWhereItCouldNotSaySo() {
    interests.isAway = true;
    assertThatThrownBy(() -> broker.join("a")).isInstanceOf(IllegalStateException.class);
    interests.isAway = false;
    broker.deliver(Ear.delivery("a"));
    assertThat(ear.heard()).isEmpty();
    assertThat(interests.channels()).isEmpty();
  }

  @Test
  void announcesEverythingAgainWhenTheTableIsLostAndResumesThen() {
    broker.join("a");
    broker.join("b");
    Awaitility.await().until(broker::isReady);
    awaitResumptions(1);
    int before = ear.resumptions();
    interests.lose();
    Awaitility.await()
        .untilAsserted(() -> assertThat(interests.of("n1")).containsExactly("a", "b"));
    awaitResumptions(before + 1);
  }

  @Test
  void announcesEverythingAgainFromTimeToTime() {
    broker.join("a");
    Awaitility.await().until(() -> interests.knows("n1"));
    interests.withdraw("n1", List.of());
    nanos.addAndGet(Interests.RENEWAL.toNanos());
    Awaitility.await().untilAsserted(() -> assertThat(interests.of("n1")).containsExactly("a"));
  }

  @Test
  void isReadyWhileTheCanaryComesBackAndConnectsAnewWhenItDoesNot() {
    Awaitility.await().until(broker::isReady);
    awaitResumptions(1);
    wire.isDead = true;
    nanos.addAndGet(Canary.PATIENCE.plusSeconds(1).toNanos());
    assertThat(broker.isReady()).isFalse();
    Awaitility.await().until(() -> wire.renewals.get() == 1);
    int before = ear.resumptions();
    wire.isDead = false;
    nanos.addAndGet(Canary.EVERY.toNanos());
    Awaitility.await().until(broker::isReady);
    awaitResumptions(before + 1);
  }

  @Test
  void saysThatItGoes() {
    broker.join("a");
    broker.close();
    assertThat(interests.knows("n1")).isFalse();
  }

  private void awaitResumptions(int least) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> ear.resumptions() >= least);
  }

  private Map<String, List<String>> channelsByNode() {
    return wire.sent.stream()
        .filter(sent -> sent.message().hasDelivery())
        .collect(
            Collectors.groupingBy(
                Sent::to,
                Collectors.flatMapping(
                    sent ->
                        sent.message().getDelivery().getPlacesList().stream()
                            .map(place -> place.getChannel()),
                    Collectors.toList())));
  }

  private static NodeMessage leave() {
    NodeMessage.Builder message = NodeMessage.newBuilder();
    message.getLeaveBuilder().setChannel("a");
    return message.build();
  }
}
