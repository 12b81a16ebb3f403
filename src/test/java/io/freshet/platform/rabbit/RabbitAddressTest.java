package io.freshet.platform.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.OperatorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitAddressTest {
  @Test
  void showsItsNodesAndNothingSecret() {
    assertThat(new RabbitAddress("amqp://me:hush@one:1111,two,three:3/vhost").shown())
        .isEqualTo("one:1111,two:1111,three:3");
    assertThat(new RabbitAddress("amqp://localhost").shown()).isEqualTo("localhost:5672");
    assertThat(new RabbitAddress("amqps://me:hu%2Fsh@one/%2F").shown()).isEqualTo("one:5671");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "http://one", "amqp://", "amqp://one:port", "amqp://a b/"})
  void refusesWhatIsNoAddressInOneSentence(String url) {
    assertThatThrownBy(() -> new RabbitAddress(url))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("must look like amqp://");
  }
}
