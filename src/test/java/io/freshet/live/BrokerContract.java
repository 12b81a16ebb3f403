package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.live.protocol.NodeMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every broker does for its own node. */
public abstract class BrokerContract {
  protected final Ear ear = new Ear();

  /** The broker of node n1, to which the ear listens. */
  protected abstract Broker broker();

  @Test
  void handsOverAtOnceWhatIsListenedToHere() {
    broker().join("a");
    broker().join("b");
    broker().deliver(Ear.delivery("a", "b", "c"));
    broker().deliver(Ear.delivery("c"));
    broker().leave("b");
    broker().deliver(Ear.delivery("b", "a"));
    assertThat(ear.deliveries()).containsExactly(List.of("a", "b"), List.of("a"));
    assertThat(ear.heard()).allMatch(message -> message.getNode().equals("n1"));
  }

  @Test
  void keepsThePlacesAsTheyAre() {
    broker().join("a");
    broker().deliver(Ear.delivery("a"));
    assertThat(ear.heard())
        .containsExactly(
            NodeMessage.newBuilder().setNode("n1").setDelivery(Ear.delivery("a")).build());
  }

  @Test
  void tellsWhoListens() {
    broker().join("a");
    broker().tell("a", Ear.canary(1));
    broker().tell("b", Ear.canary(2));
    assertThat(ear.numbers()).containsExactly(1L);
  }

  @Test
  void sendsToAllAndToOne() {
    broker().broadcast(Ear.canary(1));
    assertThat(broker().send("n1", Ear.canary(2))).isTrue();
    assertThat(ear.numbers()).containsExactly(1L, 2L);
    assertThat(broker().node()).isEqualTo("n1");
  }

  @Test
  void knowsTheChannels() {
    broker().join("a");
    broker().join("b");
    broker().join("a");
    broker().leave("b");
    assertThat(broker().channels()).containsExactly("a");
  }
}
