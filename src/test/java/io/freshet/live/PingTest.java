package io.freshet.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PingTest {
  private final LiveFixture fixture = new LiveFixture();

  @Test
  void pingsAsOftenAsItSaysItDoes() {
    FakeClient client = fixture.connected("42");
    while (client.pings() == 0) {
      fixture.run(Duration.ofSeconds(1));
    }
    for (long pings = 1; pings < 4; pings++) {
      client.pong();
      fixture.run(Duration.ofSeconds(24));
      assertThat(client.pings()).isEqualTo(pings);
      fixture.run(Duration.ofSeconds(1));
      assertThat(client.pings()).isEqualTo(pings + 1);
    }
  }
}
