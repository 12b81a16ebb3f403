package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.live.protocol.Publication;
import io.freshet.live.protocol.SubscribeRequest;
import io.freshet.live.protocol.SubscribeResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client hears when messages are lost, doubled, turned, or missed while it was away. */
class RecoveryTest {
  private static final String CHAT = "chat:room";

  private final LiveFixture fixture = new LiveFixture();

  private SubscribeResult recover(Position from) {
    FakeClient client = FakeClient.anonymous(fixture.live);
    return client.subscribe(CHAT, request -> from(request, from)).getSubscribe();
  }

  private static SubscribeRequest.Builder from(SubscribeRequest.Builder request, Position from) {
    return request.setRecover(true).setOffset(from.offset()).setEpoch(from.epoch());
  }

  private static List<String> data(SubscribeResult result) {
    return result.getPublicationsList().stream()
        .map(Publication::getData)
        .map(each -> each.toStringUtf8())
        .toList();
  }

  @Test
  void tellsWhereTheStreamStandsThenEveryPublicationInOrder() {
    fixture.publish(CHAT, "before");
    FakeClient client = FakeClient.anonymous(fixture.live);
    SubscribeResult result = client.subscribe(CHAT).getSubscribe();
    assertThat(result.getOffset()).isEqualTo(1);
    assertThat(result.getRecoverable()).isTrue();
    assertThat(result.getPublicationsList()).isEmpty();
    fixture.publish(CHAT, "a");
    fixture.publish(CHAT, "b");
    assertThat(client.heard(CHAT)).containsExactly("\"a\"", "\"b\"");
    assertThat(client.offsets(CHAT)).containsExactly(2L, 3L);
  }

  @Test
  void givesAllThatWasMissedAndCountsFromWhereTheClientWas() {
    Position seen = fixture.publish(CHAT, "seen");
    fixture.publish(CHAT, "a");
    fixture.publish(CHAT, "b");
    SubscribeResult result = recover(seen);
    assertThat(result.getRecovered()).isTrue();
    assertThat(result.getWasRecovering()).isTrue();
    assertThat(result.getOffset()).isEqualTo(1);
    assertThat(data(result)).containsExactly("\"a\"", "\"b\"");
  }

  @Test
  void givesNothingRatherThanAPart() {
    Position seen = fixture.publish(CHAT, "seen");
    for (int i = 0; i < 6; i++) {
      fixture.publish(CHAT, "more than is kept");
    }
    SubscribeResult result = recover(seen);
    assertThat(result.getRecovered()).isFalse();
    assertThat(result.getWasRecovering()).isTrue();
    assertThat(result.getPublicationsList()).isEmpty();
    assertThat(result.getOffset()).isEqualTo(7);
  }

  @Test
  void recoversNothingFromAnotherEpochNorFromTheFuture() {
    Position seen = fixture.publish(CHAT, "seen");
    assertThat(recover(new Position(1, "former")).getRecovered()).isFalse();
    assertThat(recover(new Position(2, seen.epoch())).getRecovered()).isFalse();
    assertThat(recover(seen).getRecovered()).isTrue();
  }

  @Test
  void refusesWhatCannotBeRecoveredToWhoAsksForThat() {
    fixture.publish(CHAT, "seen");
    FakeClient client = FakeClient.anonymous(fixture.live);
    Position lost = new Position(1, "former");
    assertThat(client.subscribe(CHAT, each -> from(each, lost).setFlag(2)).getError().getCode())
        .isEqualTo(112);
    assertThat(client.subscribe(CHAT).hasSubscribe()).isTrue();
  }

  @Test
  void fillsAGapFromTheStreamAndPassesOverWhatWasHeard() {
    FakeClient client = FakeClient.anonymous(fixture.live);
    client.subscribe(CHAT);
    fixture.broker.isHolding = true;
    fixture.publish(CHAT, "a");
    fixture.publish(CHAT, "b");
    fixture.publish(CHAT, "c");
    fixture.broker.bring(fixture.broker.held.get(2));
    fixture.broker.bring(fixture.broker.held.get(0));
    fixture.broker.bring(fixture.broker.held.get(2));
    assertThat(client.heard(CHAT)).containsExactly("\"a\"", "\"b\"", "\"c\"");
  }

  @Test
  void findsTheLostLastMessageByLooking() {
    FakeClient client = FakeClient.anonymous(fixture.live);
    client.subscribe(CHAT);
    fixture.broker.isHolding = true;
    fixture.publish(CHAT, "lost");
    assertThat(client.heard(CHAT)).isEmpty();
    fixture.live.look();
    assertThat(client.heard(CHAT)).containsExactly("\"lost\"");
  }

  @Test
  void sendsAClientAwayToRecoverWhenTheGapIsWiderThanTheHistory() {
    FakeClient client = FakeClient.anonymous(fixture.live);
    client.subscribe(CHAT);
    fixture.broker.isHolding = true;
    for (int i = 0; i < 7; i++) {
      fixture.publish(CHAT, "lost");
    }
    fixture.live.look();
    assertThat(client.heard(CHAT)).isEmpty();
    assertThat(client.pushes().getLast().getUnsubscribe().getCode()).isEqualTo(2500);
    assertThat(client.subscribe(CHAT).hasSubscribe()).isTrue();
  }

  @Test
  void sendsAClientAwayWhenTheStreamBeganAnew() {
    FakeClient client = fixture.connected("42");
    fixture.clock.advance(Duration.ofHours(1));
    fixture.streams.sweep();
    fixture.live.look();
    assertThat(client.end()).contains(Disconnect.INSUFFICIENT_STATE);
  }

  @Test
  void missesNothingThatIsPublishedBetweenTheReadOfTheStreamAndTheFirstPush() {
    FakeClient client = FakeClient.anonymous(fixture.live);
    fixture.streams.afterNextRead(() -> fixture.publish(CHAT, "in between"));
    SubscribeResult result = client.subscribe(CHAT).getSubscribe();
    assertThat(result.getOffset()).isZero();
    assertThat(client.heard(CHAT)).containsExactly("\"in between\"");
    assertThat(client.told().getLast().hasPush()).as("the reply comes before any push").isTrue();
    fixture.publish(CHAT, "after");
    assertThat(client.offsets(CHAT)).containsExactly(1L, 2L);
  }

  @Test
  void recoversOnceWhatIsPublishedWhileItRecovers() {
    Position seen = fixture.publish(CHAT, "seen");
    fixture.publish(CHAT, "missed");
    FakeClient client = FakeClient.anonymous(fixture.live);
    fixture.streams.afterNextRead(() -> fixture.publish(CHAT, "in between"));
    SubscribeResult result = client.subscribe(CHAT, each -> from(each, seen)).getSubscribe();
    assertThat(data(result)).containsExactly("\"missed\"");
    assertThat(client.heard(CHAT)).containsExactly("\"in between\"");
  }

  @Test
  void startsAgainWhenTheStreamIsLostWhileItSubscribes() {
    FakeClient first = FakeClient.anonymous(fixture.live);
    first.subscribe(CHAT);
    FakeClient client = FakeClient.anonymous(fixture.live);
    fixture.streams.afterNextRead(() -> {
      fixture.clock.advance(Duration.ofHours(1));
      fixture.streams.sweep();
      fixture.publish(CHAT, "in another epoch");
    });
    client.subscribe(CHAT);
    assertThat(client.pushes().getLast().getUnsubscribe().getCode()).isEqualTo(2500);
    assertThat(first.pushes().getLast().getUnsubscribe().getCode()).isEqualTo(2500);
  }

  @Test
  void recoversThePersonalChannelAtConnect() {
    FakeClient client = fixture.connected("42");
    String epoch = client.told().getFirst().getConnect().getSubsOrThrow("personal:#42").getEpoch();
    client.vanish();
    fixture.publish("personal:#42", "missed");
    FakeClient again = new FakeClient(fixture.live);
    SubscribeRequest from = SubscribeRequest.newBuilder().setRecover(true).setEpoch(epoch).build();
    SubscribeResult result =
        again
            .connect(each -> each.setToken(fixture.token("42")).putSubs("personal:#42", from))
            .getConnect()
            .getSubsOrThrow("personal:#42");
    assertThat(result.getRecovered()).isTrue();
    assertThat(data(result)).containsExactly("\"missed\"");
  }

  @Test
  void publishesToListenersOnlyWhereAStreamIsKept() {
    FakeClient client = fixture.connected("42");
    fixture.live.publishToListeners(List.of("personal:#42", "personal:#43"), new byte[] {'1'}, "");
    assertThat(client.heard("personal:#42")).containsExactly("1");
    assertThat(fixture.live.listening(List.of("personal:#42", "personal:#43")))
        .containsExactly("personal:#42");
  }
}
