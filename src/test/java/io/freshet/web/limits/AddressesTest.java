package io.freshet.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.ForwardedHeader;
import io.freshet.platform.Network;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
  private static final List<Network> PROXIES = Network.list("", "10.0.0.0/8, 2001:db8:5::/48");
  private static final InetAddress PROXY = address("10.1.2.3");

  private static InetAddress address(String text) {
    return Network.address(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "203.0.113.9; 203.0.113.9",
        "198.51.100.1, 203.0.113.9; 203.0.113.9",
        "198.51.100.1, 203.0.113.9, 10.9.9.9; 203.0.113.9",
        "203.0.113.9:4711; 203.0.113.9",
        "[2001:db8:7::1]:4711; 2001:db8:7::1",
        "2001:db8:7::1; 2001:db8:7::1",
        "2001:db8:7::1, 2001:db8:5::1; 2001:db8:7::1",
        "::ffff:203.0.113.9; 203.0.113.9",
        "10.7.7.7; 10.7.7.7",
        "'203.0.113.9, nonsense'; 10.1.2.3",
        "'nonsense, 10.7.7.7'; 10.7.7.7",
        "'203.0.113.9,'; 203.0.113.9",
        "localhost; 10.1.2.3",
      })
  void believesTheRightMostHopThatIsNoTrustedProxy(String header, String client) {
    Addresses addresses = new Addresses(PROXIES, ForwardedHeader.X_FORWARDED_FOR);
    assertThat(addresses.behind(PROXY, List.of(header))).isEqualTo(address(client));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=203.0.113.9;proto=https;by=10.1.2.3 | 203.0.113.9",
        "for=198.51.100.1, For=\"203.0.113.9:80\" | 203.0.113.9",
        "for=198.51.100.1, for=\"[2001:db8:7::1]:80\", for=10.4.4.4 | 2001:db8:7::1",
        "for=_hidden | 10.1.2.3",
        "proto=https | 10.1.2.3",
      })
  void readsForwardedToo(String header, String client) {
    Addresses addresses = new Addresses(PROXIES, ForwardedHeader.FORWARDED);
    assertThat(addresses.behind(PROXY, List.of(header))).isEqualTo(address(client));
  }

  @Test
  void takesTheLinesOfAHeaderAsOneChain() {
    Addresses addresses = new Addresses(PROXIES, ForwardedHeader.X_FORWARDED_FOR);
    assertThat(addresses.behind(PROXY, List.of("198.51.100.1", "203.0.113.9, 10.2.2.2")))
        .isEqualTo(address("203.0.113.9"));
  }

  @Test
  void countsAllAddressesOfAnIpv6NetworkAsOne() {
    assertThat(Who.address(address("2001:db8:7:1::1")))
        .isEqualTo(Who.address(address("2001:db8:7:1:ffff:ffff:ffff:ffff")))
        .isNotEqualTo(Who.address(address("2001:db8:7:2::1")));
    assertThat(Who.address(address("203.0.113.9")))
        .isNotEqualTo(Who.address(address("203.0.113.8")));
  }

  @Test
  void countsANameInWhateverCaseAndLengthAsOne() {
    assertThat(Who.name("Ada"))
        .isEqualTo(Who.name("ada"))
        .isNotEqualTo(Who.name("adb"))
        .isNotEqualTo(Who.name("a".repeat(60_000)));
  }

  @Test
  void tellsNetworksByTheirBits() {
    Network odd = Network.list("", "192.0.2.128/25").getFirst();
    assertThat(odd.contains(address("192.0.2.200"))).isTrue();
    assertThat(odd.contains(address("192.0.2.127"))).isFalse();
    assertThat(odd.contains(address("::1"))).isFalse();
    assertThat(Network.list("", "0.0.0.0/0").getFirst().contains(address("8.8.8.8"))).isTrue();
  }
}
