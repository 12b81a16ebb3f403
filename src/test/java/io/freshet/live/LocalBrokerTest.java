package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalBrokerTest extends BrokerContract {
  private final LocalBroker broker = new LocalBroker("n1");

  @BeforeEach
  void listen() {
    broker.listen(ear);
  }

  @Override
  protected Broker broker() {
    return broker;
  }

  @Test
  void knowsNoOtherNode() {
    assertThat(broker.send("n2", Ear.canary(1))).isFalse();
    assertThat(broker.isReady()).isTrue();
  }
}
