package io.freshet.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.BusyException;
import io.freshet.platform.Network;
import io.freshet.web.limits.Connections;
import io.freshet.web.limits.TestLimits;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class SeatsTest {
  private final Seats seats = new Seats(3, Connections.atMost(2, TestLimits.NO_PROXY));
  private final InetAddress here = Network.address("203.0.113.1").orElseThrow();
  private final InetAddress there = Network.address("203.0.113.2").orElseThrow();

  @Test
  void areTwoForOneAddressAndThreeForAll() {
    seats.take(here);
    seats.take(here);
    assertThatThrownBy(() -> seats.take(here)).isInstanceOf(BusyException.class);
    assertThat(seats.taken()).isEqualTo(2);
    seats.take(there);
    assertThatThrownBy(() -> seats.take(there)).isInstanceOf(BusyException.class);
    seats.leave(here);
    seats.take(there);
    assertThat(seats.taken()).isEqualTo(3);
  }
}
