package io.freshet.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTest {
  @ParameterizedTest
  @CsvSource({
    "198.51.100.7, 198.51.100.0/24",
    "2001:db8:12:3456::1, 2001:db8:12:0:0:0:0:0/48",
    "::ffff:192.0.2.9, 192.0.2.0/24",
    "example.org, ''",
    "'', ''",
    "1.2.3.4.5, ''"
  })
  void keepsTheNetworkOfAnAddress(String address, String network) {
    assertThat(Client.of("", address).network()).isEqualTo(network);
  }

  @Test
  void isNamedWithoutControlCharactersAndNotAtLength() {
    assertThat(Client.of("a\u0000b\nc", "").name()).isEqualTo("a b c");
    assertThat(Client.of("x".repeat(1_000), "").name()).hasSize(Client.MAX_NAME);
  }
}
